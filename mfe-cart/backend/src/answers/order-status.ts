import type { Json, Subscription } from '@souk/event-channel';
import type { AskData } from '@souk/shared-events/integration';
import type { Context } from '../commands/context.ts';
import { isPayable, isUnderWay } from '../domain/order.ts';
import type { OrderState } from '../domain/order.ts';
import { ownerOf } from '../projections/customers/customers.ts';
import { orderOf } from '../projections/orders/orders.ts';

type Question = AskData['souk-ask.cart.order-status']['request'];
type Answer = AskData['souk-ask.cart.order-status']['reply'];

/** Tells other backends where an order is, and nothing of who ordered what to where. */
export function answerOrderStatus({ channel, db }: Context): Subscription {
  return channel.respond('souk-ask.cart.order-status', 'cart', async ({ data }) => {
    const { orderId, shopperId } = data as unknown as Question;
    const order = orderOf(db, String(orderId));
    // The same for none and for somebody else's.
    const answer: Answer = order && ownerOf(db, order.shopperId) === shopperId ? statusOf(order) : { known: false };
    return { data: answer as unknown as Json };
  });
}

function statusOf(order: OrderState): Answer {
  return { known: true, ...standingOf(order) };
}

/** Where an order stands, for whoever may know. */
export function standingOf(order: OrderState) {
  const { status, timeline, delayed } = order;
  return { status, waitsFor: waitsFor(order), ...(delayed && isUnderWay(status) && { delayed }), timeline };
}

function waitsFor(order: OrderState): 'payment' | 'stock' | 'other-card' | 'nothing' {
  if (isPayable(order)) return 'other-card';
  if (!isUnderWay(order.status)) return 'nothing';
  return order.status === 'authorized' ? 'stock' : 'payment';
}
