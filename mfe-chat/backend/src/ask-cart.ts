import type { EventChannel, Json } from '@souk/event-channel';
import type { AskData, AskSubject } from '@souk/shared-events/integration';
import type { OrderStatus, ShopperOrders } from './domain/order-question.ts';

/** Longest wait for the cart's backend, in milliseconds: somebody waits for the answer. */
const askMs = 1500;
const unanswered = ['no-responders', 'request-timeout', 'responder-failed'];

/** Asks the backend that has the orders where one is; `unanswered` when it is away. */
export function askOrderStatus(channel: EventChannel, orderId: string, shopperId: string): Promise<OrderStatus> {
  return ask(channel, 'souk-ask.cart.order-status', { orderId, shopperId });
}

/** Asks it what a shopper has in the cart and ordered; `unanswered` when it is away. */
export function askShopperOverview(channel: EventChannel, shopperId: string): Promise<ShopperOrders> {
  return ask(channel, 'souk-ask.cart.shopper-overview', { shopperId });
}

async function ask<Subject extends AskSubject>(
  channel: EventChannel,
  subject: Subject,
  question: AskData[Subject]['request'],
): Promise<AskData[Subject]['reply'] | 'unanswered'> {
  try {
    const { data } = await channel.request(subject, { data: question as unknown as Json }, { timeoutMs: askMs });
    return data as unknown as AskData[Subject]['reply'];
  } catch (error) {
    if (unanswered.includes((error as { code?: string }).code ?? '')) return 'unanswered';
    throw error;
  }
}
