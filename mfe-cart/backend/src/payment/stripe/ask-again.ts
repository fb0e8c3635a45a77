import { setTimeout as delay } from 'node:timers/promises';
import Stripe from 'stripe';

/** Asks until there is an answer, and lets news end a wait early. */
export interface AskAgain {
  /**
   * Runs `ask` until it answers, again after what may pass: no connection, 5xx, 429, a first request with the same
   * idempotency key that still runs.
   * @throws the signal's reason, when it aborts; what does not pass, at once
   */
  until<Answer>(key: string, signal: AbortSignal, ask: () => Promise<Answer>): Promise<Answer>;
  /** There is news of this key: whoever waits before asking again asks now. */
  wake(key: string): void;
}

/** Stripe has the question and no answer to it yet. */
export class StillProcessing extends Error {
  readonly code = 'still-processing';
  constructor(key: string) {
    super(`payment ${key} is being processed`);
    this.name = 'StillProcessing';
  }
}

/** @param backoffMs waits before question 2, 3, …; the last one repeats */
export function askAgain(backoffMs: readonly number[]): AskAgain {
  const sleepers = new Map<string, Set<AbortController>>();

  return {
    async until(key, signal, ask) {
      for (let attempt = 0; ; attempt++) {
        signal.throwIfAborted();
        try {
          return await orAborted(ask(), signal);
        } catch (error) {
          signal.throwIfAborted();
          if (!mayPass(error)) throw error;
        }
        await sleep(key, backoffMs[Math.min(attempt, backoffMs.length - 1)] ?? 1000, signal);
      }
    },
    wake(key) {
      for (const sleeper of sleepers.get(key) ?? []) sleeper.abort();
    },
  };

  async function sleep(key: string, ms: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    const ofKey = sleepers.get(key) ?? new Set();
    sleepers.set(key, ofKey.add(woken));
    await delay(ms, undefined, { signal: AbortSignal.any([signal, woken.signal]) }).catch(() => undefined);
    ofKey.delete(woken);
    if (ofKey.size === 0 && sleepers.get(key) === ofKey) sleepers.delete(key);
  }
}

/** Whether asking again may help; with the same idempotency key it is never a second payment. */
export function mayPass(error: unknown): boolean {
  if (error instanceof StillProcessing || error instanceof Stripe.errors.StripeConnectionError) return true;
  if (!(error instanceof Stripe.errors.StripeError)) return false;
  const { statusCode = 0, code } = error;
  return statusCode >= 500 || statusCode === 429 || statusCode === 409 || code === 'lock_timeout';
}

/** The answer, or the signal's reason; what is asked goes on, and what comes of it is noted all the same. */
function orAborted<Answer>(answer: Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
