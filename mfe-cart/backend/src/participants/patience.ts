import type { CheckoutPatience } from '../domain/checkout-saga.ts';

/** How long the shop waits for its payment provider, and how often it asks. */
export interface Patience extends CheckoutPatience {
  /** One question that gets no answer in this time is given up; the checkout asks again. Milliseconds. */
  readonly deadlineMs: number;
}

const MAX_ATTEMPTS = 5;
/** Of the waits in between, one to the other. */
const GROWTH = [1, 3, 8, 16];
const LONGEST_TIMEOUT_MS = 8000;

/**
 * The patience that gives up after so long: five questions, with ever longer waits in between.
 * @param giveUpAfterMs from the first question to the end. @default 150_000 milliseconds
 */
export function patienceFor(giveUpAfterMs = 150_000): Patience {
  const timeoutMs = Math.min(LONGEST_TIMEOUT_MS, giveUpAfterMs / 15);
  const left = giveUpAfterMs - MAX_ATTEMPTS * timeoutMs;
  const whole = GROWTH.reduce((sum, part) => sum + part, 0);
  const backoffMs = GROWTH.map((part) => Math.round((left * part) / whole));
  return {
    timeoutMs: Math.round(timeoutMs),
    deadlineMs: Math.round(timeoutMs * 0.7),
    attempts: MAX_ATTEMPTS,
    backoffMs,
  };
}
