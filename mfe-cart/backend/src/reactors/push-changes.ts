import { subjects } from '@souk/shared-events/integration';
import type { Recorded } from '@souk/event-channel';
import { cloudEvent } from '@souk/service-kit';
import type { LateAnswer } from '@souk/service-kit';
import type { Context } from '../commands/context.ts';
import type { CartEvent, OrderEvent } from '../domain/events.ts';
import { cartOf, viewCart } from '../projections/carts/carts.ts';
import { orderOf } from '../projections/orders/orders.ts';
import { shopperOf } from '../cart-id.ts';

/** Order events after which the shopper sees something new. */
const visible: readonly OrderEvent['type'][] = [
  'cart.order-placed.v2',
  'cart.payment-changed.v2',
  'cart.payment-authorized.v1',
  'cart.payment-declined.v1',
  'cart.payment-unanswered.v1',
  'cart.payment-captured.v1',
  'cart.order-confirmed.v1',
  'cart.order-rejected.v1',
];

/** How long the push waits for our own view of the event, in milliseconds. */
const viewWithinMs = 5000;

/** Tells the shopper's browsers what an event of ours changed: the cart's sum, or where an order stands. */
export async function pushChange(context: Context, recorded: Recorded): Promise<void> {
  const event = recorded.event as unknown as CartEvent | OrderEvent;
  const message = await messageFor(context, event, recorded.position);
  if (message === undefined) return;
  const { shopperId, ...data } = message;
  const push = cloudEvent({ type: 'shell.browser-event.v1', source: '/cart', data, cause: recorded });
  await context.channel.append(subjects.pushToShopper(shopperId), [push], {
    expect: 'any',
    // The same event handled twice is pushed once.
    messageId: `/cart/push/${recorded.event.id}`,
  });
}

/** Tells the shopper's browsers that a command ended for which nobody waited any more. */
export async function pushLate(
  { channel }: Context,
  { operationId, owner, failed, answer }: LateAnswer,
): Promise<void> {
  const detail = { operationId, status: failed ? 'failed' : 'succeeded' };
  const data = { type: 'cart:operation-finished', detail };
  const push = cloudEvent({ type: 'shell.browser-event.v1', source: '/cart', data, cause: answer });
  const messageId = `/cart/operation/${operationId}`;
  await channel.append(subjects.pushToShopper(owner), [push], { expect: 'any', messageId });
}

interface PushMessage {
  readonly shopperId: string;
  readonly type: 'cart:changed' | 'cart:order-changed';
  readonly detail: Readonly<Record<string, string | number>>;
}

async function messageFor(
  { db, cart }: Context,
  event: CartEvent | OrderEvent,
  position: number,
): Promise<PushMessage | undefined> {
  if (event.type === 'cart.item-quantity-set.v1' || event.type === 'cart.checked-out.v1') {
    await cart.waitFor(position, { timeoutMs: viewWithinMs });
    const { cartId } = event.data;
    const { count, totalCents, currency } = viewCart(db, cartOf(db, cartId).state);
    return { shopperId: shopperOf(cartId), type: 'cart:changed', detail: { count, totalCents, currency } };
  }
  if (!visible.includes(event.type)) return undefined;
  await cart.waitFor(position, { timeoutMs: viewWithinMs });
  const order = orderOf(db, event.data.orderId);
  if (order === undefined) return undefined;
  const { shopperId, orderId, status } = order;
  return { shopperId, type: 'cart:order-changed', detail: { orderId, status } };
}
