import type { Recorded } from '@souk/event-channel';
import type { Sagas } from '@souk/service-kit';
import { subjects } from '@souk/shared-events/integration';
import type { Context } from '../commands/context.ts';
import { expecting, isWrongRevision, readOrder } from '../commands/log.ts';
import { checkoutData, checkoutIdOf, checkoutOf } from '../domain/checkout-saga.ts';
import { decideEnd, isUnderWay } from '../domain/order.ts';

/** Events of an order after which its checkout begins. */
export const checkoutBegins = ['cart.order-placed.v2', 'cart.payment-changed.v2'];

/** Event of a checkout after which its order may have failed. */
export const checkoutEnds = ['cart.saga-ended.v1'];

/**
 * Begins the checkout of an order, or of another card on it. An order that is over needs none: one of an old log, or one
 * whose card was changed since. One that an earlier version of the shop left under way gets one like any other: each step
 * finds what was done already, under the same key, and goes on from there.
 */
export async function beginCheckout({ channel, provider }: Context, sagas: Sagas, cause: Recorded): Promise<void> {
  const { orderId } = cause.event.data as { orderId: string };
  const logged = await readOrder(channel, orderId);
  if (logged === undefined || !isUnderWay(logged.order.status)) return;
  const data = checkoutData(logged.order);
  const definition = provider.confirmations === undefined ? 'checkout' : 'checkout-3ds';
  await sagas.start({ definition, id: checkoutIdOf(data), data, cause });
}

/** Tells an order that its checkout failed and is undone. @param attempts how often the provider is asked */
export async function endCheckout(context: Context, attempts: number, cause: Recorded): Promise<void> {
  const { outcome } = cause.event.data as { outcome: string };
  const checkout = checkoutOf(cause.subject.slice(subjects.saga('').length));
  if (outcome !== 'failed' || checkout === undefined) return;
  const { orderId, attempt } = checkout;
  for (;;) {
    const logged = await readOrder(context.channel, orderId);
    if (logged === undefined) return;
    const events = decideEnd(logged.order, attempt, attempts).map((event) => context.envelope(event, cause));
    if (events.length === 0) return;
    try {
      await context.channel.append(subjects.order(orderId), events, { expect: expecting(logged.revision) });
      return;
    } catch (error) {
      if (!isWrongRevision(error)) throw error;
    }
  }
}
