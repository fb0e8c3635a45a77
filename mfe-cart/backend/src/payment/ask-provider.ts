import type { CheckoutStep, StepOutcome } from '../domain/checkout.ts';
import type { PaymentProvider } from './payment-provider.ts';

/** How long and how often the shop asks its payment provider. */
export interface Patience {
  /** No answer in this time: asked again. @default 5000 milliseconds */
  readonly deadlineMs: number;
  /** Times it is asked again. @default 2 */
  readonly retries: number;
}

type PaymentStep = Exclude<CheckoutStep, { type: 'empty-cart' }>;

/**
 * Carries out one payment step. An authorization that gets no answer is closed before it is reported as unanswered,
 * so nothing can be charged for it afterwards.
 * @throws whatever the provider throws, or `AbortError`, when even that is not answered: the step is to be repeated
 */
export async function askProvider(
  provider: PaymentProvider,
  step: PaymentStep,
  patience: Patience,
  stopped: AbortSignal,
): Promise<StepOutcome> {
  const deadline = () => AbortSignal.any([stopped, AbortSignal.timeout(patience.deadlineMs)]);
  switch (step.type) {
    case 'authorize-payment': {
      for (let attempt = 0; attempt <= patience.retries; attempt++) {
        try {
          return await provider.authorize(step, deadline());
        } catch (error) {
          stopped.throwIfAborted();
          if (!isTimeout(error)) throw error;
        }
      }
      await provider.voidAuthorization(step.key, deadline());
      return { type: 'unanswered', attempts: patience.retries + 1 };
    }
    case 'capture-payment': {
      const captured = await provider.capture(step.key, step.amountCents, deadline());
      if (!captured) await provider.voidAuthorization(step.key, deadline());
      return { type: captured ? 'captured' : 'capture-refused' };
    }
    case 'void-payment':
      await provider.voidAuthorization(step.key, deadline());
      return { type: 'voided' };
    default:
      return step satisfies never;
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}
