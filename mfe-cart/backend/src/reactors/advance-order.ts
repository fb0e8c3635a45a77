import { subjects } from '@souk/shared-events/integration';
import type { Recorded } from '@souk/event-channel';
import { RuleBroken } from '../domain/rule-broken.ts';
import { eventsAfter, nextStep } from '../domain/checkout.ts';
import type { StepOutcome } from '../domain/checkout.ts';
import type { OrderState } from '../domain/order.ts';
import type { Context } from '../commands/context.ts';
import { expecting, isWrongRevision, readCart, readOrder } from '../commands/log.ts';
import { askProvider } from '../payment/ask-provider.ts';
import type { Patience } from '../payment/ask-provider.ts';

/**
 * Takes an order as far as it can go now. It starts from the log each time and every step is idempotent, so it may be
 * called at any time, twice, or after a crash between any two lines of it.
 */
export async function advanceOrder(
  context: Context,
  orderId: string,
  { patience, stopped, cause }: { patience: Patience; stopped: AbortSignal; cause: Recorded },
): Promise<void> {
  for (;;) {
    const logged = await readOrder(context.channel, orderId);
    if (logged === undefined) return;
    const { order, revision } = logged;
    const step = nextStep(order);
    if (step === null) return;
    const outcome: StepOutcome =
      step.type === 'empty-cart'
        ? await emptyCart(context, order, cause)
        : await askProvider(context.provider, step, patience, stopped);
    const events = eventsAfter(order, outcome).map((event) => context.envelope(event, cause));
    try {
      await context.channel.append(subjects.order(orderId), events, { expect: expecting(revision) });
    } catch (error) {
      // The same step, done by another call: look again where it stands.
      if (!isWrongRevision(error)) throw error;
    }
  }
}

async function emptyCart({ channel, envelope }: Context, order: OrderState, cause: Recorded): Promise<StepOutcome> {
  const { cartId, orderId } = order;
  const lines = order.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  for (;;) {
    const { revision, boughtBy } = await readCart(channel, cartId);
    if (boughtBy.has(orderId)) return { type: 'cart-emptied' };
    if (revision === 0) throw new RuleBroken('cart-empty', `order ${orderId} was placed from a cart without events`);
    const event = envelope({ type: 'cart.checked-out.v1', data: { cartId, orderId, lines } }, cause);
    try {
      await channel.append(subjects.cart(cartId), [event], { expect: expecting(revision) });
      return { type: 'cart-emptied' };
    } catch (error) {
      if (!isWrongRevision(error)) throw error;
    }
  }
}
