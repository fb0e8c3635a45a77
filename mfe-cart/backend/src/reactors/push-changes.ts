import { subjects } from '@souk/shared-events/integration';
import type { Recorded } from '@souk/event-channel';
import { cloudEvent } from '@souk/service-kit';
import type { LateAnswer, Sagas } from '@souk/service-kit';
import { checkoutOf } from '../domain/checkout-saga.ts';
import type { Context } from '../commands/context.ts';
import type { CartEvent, OrderEvent } from '../domain/events.ts';
import { cartOf, viewCart } from '../projections/carts/carts.ts';
import { ownerOf } from '../projections/customers/customers.ts';
import { orderOf } from '../projections/orders/orders.ts';
import { shopperOf } from '../cart-id.ts';

/** Order events after which the shopper sees something new. */
const visible: readonly OrderEvent['type'][] = [
  'cart.order-placed.v2',
  'cart.payment-changed.v2',
  'cart.payment-authorized.v1',
  'cart.payment-action-required.v1',
  'cart.payment-declined.v1',
  'cart.payment-unanswered.v1',
  'cart.payment-captured.v1',
  'cart.order-confirmed.v1',
  'cart.order-rejected.v1',
];

/** Events of a checkout after which its shopper sees that it takes longer, or goes on. */
const tellsShopper = ['step-timed-out', 'parked', 'operator-acted'].map(ofSaga);
/** Events of a checkout after which the staff sees something new. */
const tellsStaff = [
  'started',
  'step-started',
  'step-timed-out',
  'step-failed',
  'compensating',
  'parked',
  'operator-acted',
  'ended',
].map(ofSaga);

/** How long the push waits for our own view of the event, in milliseconds. */
const viewWithinMs = 5000;

/**
 * Tells browsers what an event of ours changed: the shopper's, the cart's sum or where an order stands; the staff's, where a
 * checkout stands.
 */
export async function pushChange(context: Context, sagas: Sagas, recorded: Recorded): Promise<void> {
  const { id, type } = recorded.event;
  const send = async (subject: string, data: Pick<PushMessage, 'type' | 'detail'>) => {
    const push = cloudEvent({ type: 'shell.browser-event.v1', source: '/cart', data, cause: recorded });
    // The same event handled twice is pushed once.
    const messageId = `/cart/push/${subject}/${id}`;
    await context.channel.append(subject, [push], { expect: 'any', messageId });
  };
  if (tellsStaff.includes(type)) await send(subjects.pushToStaff(), await sagaMessage(sagas, recorded));
  const message = await messageFor(context, recorded);
  if (message === undefined) return;
  const { shopperId, ...data } = message;
  await send(subjects.pushToShopper(shopperId), data);
}

async function sagaMessage(sagas: Sagas, { subject }: Recorded): Promise<Pick<PushMessage, 'type' | 'detail'>> {
  const sagaId = subject.slice(subjects.saga('').length);
  const { definition, status } = (await sagas.get(sagaId)).state;
  return { type: 'cart:saga-changed', detail: { sagaId, definition, state: status } };
}

/** Tells the shopper's browsers that a command ended for which nobody waited any more. */
export async function pushLate(
  { channel, db }: Context,
  { operationId, owner, failed, answer }: LateAnswer,
): Promise<void> {
  const detail = { operationId, status: failed ? 'failed' : 'succeeded' };
  const data = { type: 'cart:operation-finished', detail };
  const push = cloudEvent({ type: 'shell.browser-event.v1', source: '/cart', data, cause: answer });
  const messageId = `/cart/operation/${operationId}`;
  await channel.append(subjects.pushToShopper(ownerOf(db, owner)), [push], { expect: 'any', messageId });
}

interface PushMessage {
  readonly shopperId: string;
  readonly type: 'cart:changed' | 'cart:order-changed' | 'cart:saga-changed';
  readonly detail: Readonly<Record<string, string | number>>;
}

async function messageFor({ db, cart }: Context, recorded: Recorded): Promise<PushMessage | undefined> {
  const { position, subject } = recorded;
  const event = recorded.event as unknown as CartEvent | OrderEvent;
  if (changesCart(event)) {
    await cart.waitFor(position, { timeoutMs: viewWithinMs });
    const { cartId } = event.data;
    const { count, totalCents, currency } = viewCart(db, cartOf(db, cartId).state);
    return { shopperId: shopperOf(cartId), type: 'cart:changed', detail: { count, totalCents, currency } };
  }
  const ofCheckout = tellsShopper.includes(event.type);
  if (!ofCheckout && !visible.includes(event.type)) return undefined;
  await cart.waitFor(position, { timeoutMs: viewWithinMs });
  const orderOfSaga = () => checkoutOf(subject.slice(subjects.saga('').length))?.orderId ?? '';
  const order = orderOf(db, ofCheckout ? orderOfSaga() : event.data.orderId);
  if (order === undefined) return undefined;
  const { orderId, status } = order;
  return { shopperId: ownerOf(db, order.shopperId), type: 'cart:order-changed', detail: { orderId, status } };
}

function changesCart(event: CartEvent | OrderEvent): event is CartEvent {
  return (
    event.type === 'cart.taken-in.v1' ||
    event.type === 'cart.item-quantity-set.v1' ||
    event.type === 'cart.checked-out.v1'
  );
}

function ofSaga(name: string): string {
  return `cart.saga-${name}.v1`;
}
