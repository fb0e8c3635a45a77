import type { Recorded } from '@souk/event-channel';
import { cloudEvent } from '@souk/service-kit';
import type { IntegrationData } from '@souk/shared-events/integration';
import { subjects } from '@souk/shared-events/integration';
import type { Context } from '../commands/context.ts';
import { checkoutIdOf, paymentOf } from '../domain/checkout-saga.ts';
import { outcomeOf } from './payments.ts';

type Request = IntegrationData['cart.payment-authentication-requested.v1'];

const REQUEST = 'cart.payment-authentication-requested.v1';

/**
 * Looks at a payment that waits for its shopper; what is decided by now is answered to its checkout. Without it the checkout
 * looks by itself, only later: so nothing is lost when this is. Does nothing about a payment for which nobody waits.
 * @param deadlineMs for the provider's answer
 */
export async function settleConfirmation(context: Context, key: string, deadlineMs: number): Promise<void> {
  const { channel, provider } = context;
  const command = await lastRequest(context, key);
  if (command === undefined) return;
  const data = command.event.data as Request;
  const outcome = await outcomeOf(provider, data, AbortSignal.timeout(deadlineMs));
  if (outcome === undefined) return;
  // The id that the participant's own answer has: said by both, it is said once.
  const event = cloudEvent({ ...outcome, source: '/cart', cause: command, id: `${command.event.id}-1` });
  await channel.append(subjects.order(data.orderId), [event], { expect: 'any' });
}

async function lastRequest({ channel }: Context, key: string): Promise<Recorded | undefined> {
  const payment = paymentOf(key);
  let last: Recorded | undefined;
  if (payment === undefined) return last;
  for await (const recorded of channel.read(subjects.saga(checkoutIdOf(payment)))) {
    const { type, data } = recorded.event as { type: string; data: Partial<Request> };
    if (type === REQUEST && data.key === key) last = recorded;
  }
  return last;
}
