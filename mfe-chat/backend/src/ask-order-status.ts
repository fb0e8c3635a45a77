import type { EventChannel, Json } from '@souk/event-channel';
import type { OrderStatus } from './domain/order-question.ts';

/** Longest wait for the cart's backend, in milliseconds: a shopper waits for the answer. */
const askMs = 1500;
const unanswered = ['no-responders', 'request-timeout', 'responder-failed'];

/** Asks the backend that has the orders where one is; `unanswered` when it is away. */
export async function askOrderStatus(channel: EventChannel, orderId: string, shopperId: string): Promise<OrderStatus> {
  const question: Json = { orderId, shopperId };
  try {
    const { data } = await channel.request('souk-ask.cart.order-status', { data: question }, { timeoutMs: askMs });
    return data as unknown as OrderStatus;
  } catch (error) {
    if (unanswered.includes((error as { code?: string }).code ?? '')) return 'unanswered';
    throw error;
  }
}
