import type { CloudEvent } from '@souk/event-channel';
import { traceIdOf } from '@souk/service-kit';
import type { Logger, SagaCommandContext, SagaCommandHandler } from '@souk/service-kit';
import { subjects } from '@souk/shared-events/integration';
import { paymentKey } from '../domain/checkout-saga.ts';
import type { CheckoutRequest } from '../domain/checkout-saga.ts';
import type { OrderEvent } from '../domain/events.ts';
import type { PaymentProvider } from '../payment/payment-provider.ts';

export interface PaymentsOptions {
  readonly provider: PaymentProvider;
  /** One question that gets no answer in this time is given up. Milliseconds. */
  readonly deadlineMs: number;
  readonly log: Logger;
  /** Whether the money of an order may be taken still. */
  readonly mayTake: (orderId: string) => Promise<boolean>;
}

type RequestOf<Type extends CheckoutRequest['type']> = Extract<CheckoutRequest, { readonly type: Type }>['data'];

/**
 * The payment provider as a participant of checkouts. What the provider does not answer is not answered here either: the
 * checkout asks again, and the key makes the provider do it once.
 */
export function paymentCommands({
  provider,
  deadlineMs,
  log,
  mayTake,
}: PaymentsOptions): Readonly<Record<string, SagaCommandHandler>> {
  const handler =
    <Type extends CheckoutRequest['type']>(
      ask: (data: RequestOf<Type>, context: SagaCommandContext, signal: AbortSignal) => Promise<OrderEvent | undefined>,
    ): SagaCommandHandler =>
    async (command: CloudEvent, context) => {
      const data = command.data as RequestOf<Type>;
      try {
        const event = await ask(data, context, AbortSignal.any([context.signal, AbortSignal.timeout(deadlineMs)]));
        return event && { subject: subjects.order(data.orderId), events: [event] };
      } catch (error) {
        // Closing: it is asked again after the start.
        context.signal.throwIfAborted();
        const about = { commandId: command.id, type: command.type, traceId: traceIdOf(command.traceparent) };
        log.warn({ err: error, ...about }, 'the payment provider gave no answer');
        return undefined;
      }
    };

  return {
    'cart.payment-authorization-requested.v1': handler<'cart.payment-authorization-requested.v1'>(
      async ({ orderId, attempt, token, amountCents, currency }, context, signal) => {
        const key = paymentKey(orderId, attempt, context.key);
        const outcome = await outcomeOf(provider, { orderId, attempt, key, token, amountCents, currency }, signal);
        return outcome ?? { type: 'cart.payment-action-required.v1', data: { orderId, attempt, key } };
      },
    ),
    // Without an answer for as long as the shopper takes; news of the provider answers it too.
    'cart.payment-authentication-requested.v1': handler<'cart.payment-authentication-requested.v1'>(
      (data, _context, signal) => outcomeOf(provider, data, signal),
    ),
    'cart.payment-capture-requested.v1': handler<'cart.payment-capture-requested.v1'>(
      async ({ orderId, attempt, key, amountCents, currency }, _context, signal) => {
        const captured = (await mayTake(orderId)) && (await provider.capture(key, amountCents, signal));
        return captured
          ? { type: 'cart.payment-captured.v1', data: { orderId, attempt, amountCents, currency } }
          : { type: 'cart.payment-capture-refused.v1', data: { orderId, attempt } };
      },
    ),
    'cart.payment-void-requested.v1': handler<'cart.payment-void-requested.v1'>(
      async ({ orderId, attempt, amountCents }, context, signal) => {
        const key = paymentKey(orderId, attempt, context.key);
        if (await provider.voidAuthorization(key, signal))
          return { type: 'cart.payment-voided.v1', data: { orderId, attempt } };
        await provider.refund(key, amountCents, signal);
        return { type: 'cart.payment-refunded.v1', data: { orderId, attempt, amountCents } };
      },
    ),
  };
}

/** What became of an authorization, as an event of its order; undefined while the shopper must confirm it. */
export async function outcomeOf(
  provider: PaymentProvider,
  { orderId, attempt, key, token, amountCents, currency }: RequestOf<'cart.payment-authentication-requested.v1'>,
  signal: AbortSignal,
): Promise<OrderEvent | undefined> {
  const answer = await provider.authorize({ key, token, amountCents, currency }, signal);
  if (answer.type === 'action-required') return undefined;
  if (answer.type === 'declined')
    return { type: 'cart.payment-declined.v1', data: { orderId, attempt, reason: answer.reason } };
  const { authorizationId } = answer;
  const data = { orderId, attempt, key, authorizationId, amountCents, currency: 'EUR' } as const;
  return { type: 'cart.payment-authorized.v1', data };
}
