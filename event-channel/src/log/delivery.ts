import type { Delivery, Recorded } from '../port.ts';

/** How often and when one event is delivered. */
export interface RetryPolicy {
  readonly ackWaitMs: number;
  readonly maxDeliver: number;
  readonly backoffMs: readonly number[];
}

/** What becomes of an event in delivery; exactly one of `acked` and `dead` is called, once, unless it is stopped. */
export interface Outcome {
  acked(): void;
  dead(reason: string, deliveryCount: number): void;
  /** Runs the handler and keeps account of it; never rejects. @returns what the handler threw */
  run(delivery: Delivery): Promise<{ readonly error: unknown } | undefined>;
}

/** An event on its way: delivered until it is acked or dead. */
export interface Attempts {
  /** No more deliveries; an ack of a handler that still runs counts. */
  stop(): void;
}

export function startAttempts(recorded: Recorded, policy: RetryPolicy, outcome: Outcome): Attempts {
  let count = 0;
  /** The current delivery still waits for its answer. */
  let waiting = false;
  let ended = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  deliver();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };

  function deliver(): void {
    const attempt = ++count;
    const isCurrent = () => waiting && !ended && attempt === count;
    waiting = true;
    awaitAnswer();
    const delivery: Delivery = {
      ...recorded,
      deliveryCount: attempt,
      redelivered: attempt > 1,
      // An ack that comes late, when the next delivery has begun, is an ack all the same: the work is done.
      async ack() {
        if (!ended) end(() => outcome.acked());
      },
      nak(delayMs) {
        if (isCurrent()) refuse('refused by the handler', delayMs ?? backoff());
      },
      inProgress() {
        if (isCurrent()) awaitAnswer();
      },
      term(reason) {
        if (isCurrent()) end(() => outcome.dead(reason, count));
      },
    };
    void handle(delivery, isCurrent);
  }

  async function handle(delivery: Delivery, isCurrent: () => boolean): Promise<void> {
    const failed = await outcome.run(delivery);
    if (failed && isCurrent()) refuse(`handler failed: ${messageOf(failed.error)}`, backoff());
  }

  function awaitAnswer(): void {
    clearTimeout(timer);
    if (stopped) return;
    timer = setTimeout(() => refuse(`no answer in ${policy.ackWaitMs} ms`, 0), policy.ackWaitMs);
  }

  function refuse(reason: string, delayMs: number): void {
    waiting = false;
    clearTimeout(timer);
    if (count >= policy.maxDeliver) end(() => outcome.dead(`${reason} (delivery ${count} of ${count})`, count));
    else if (!stopped) timer = setTimeout(deliver, delayMs);
  }

  function end(act: () => void): void {
    ended = true;
    waiting = false;
    clearTimeout(timer);
    act();
  }

  function backoff(): number {
    return policy.backoffMs[Math.min(count, policy.backoffMs.length) - 1] ?? 0;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
