import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { EventChannel, Position, Recorded, StreamName } from '@souk/event-channel';

/** Events pulled ahead while a batch is taken. */
const MAX_HELD = 256;

export interface FollowOptions {
  readonly channel: EventChannel;
  readonly stream: StreamName;
  readonly signal: AbortSignal;
  /** Most events in one batch. */
  readonly maxBatch: number;
  /** Waits after failure 1, 2, …; the last one repeats. Milliseconds. */
  readonly backoffMs: readonly number[];
  /** Where to begin, asked again after a failure. */
  readonly from: () => Position;
  /** Asked before each batch, and again after each wait: nothing is taken until there is nothing to wait for. */
  readonly hold?: () => Promise<void> | undefined;
  /** Takes a batch whole or throws and takes none of it. */
  readonly commit: (batch: readonly Recorded[]) => void;
  readonly onFailure: (error: unknown, attempt: number) => void;
  /** Hears of an event when it comes, before the batch that takes it; again when its batch comes again. Must not throw. */
  readonly arrived?: (event: Recorded) => void;
}

/**
 * Hands over a stream in order, forever, in batches of what waits, and never skips: a batch that fails comes again event
 * by event until it passes, so that the events before the bad one are taken. Resolves when `signal` aborts or the channel
 * closes; never rejects.
 */
export async function followLog(options: FollowOptions): Promise<void> {
  const { channel, signal, maxBatch, backoffMs, commit, onFailure, arrived = () => undefined } = options;
  let attempt = 0;
  /** Up to here a batch has failed: go event by event. */
  let carefulUntil: Position = 0;

  while (!signal.aborted) {
    const tail = new AbortController();
    const stop = AbortSignal.any([signal, tail.signal]);
    try {
      const from = options.from();
      const events = pulled(channel.tail(`${options.stream}.>`, from, stop), stop, arrived);
      let next = from;
      while (await events.some()) {
        // What else arrives within this turn of the event loop belongs to the same batch.
        await nextTurn();
        if (signal.aborted) return;
        const batch = events.take(next <= carefulUntil ? 1 : maxBatch);
        const last = batch.at(-1)?.position ?? next;
        for (let held = options.hold?.(); held !== undefined; held = options.hold?.()) await held;
        if (signal.aborted) return;
        try {
          commit(batch);
        } catch (error) {
          carefulUntil = Math.max(carefulUntil, last);
          throw error;
        }
        next = last + 1;
        attempt = 0;
      }
      return;
    } catch (error) {
      if (signal.aborted || (error as { code?: unknown }).code === 'channel-closed') return;
      attempt++;
      onFailure(error, attempt);
      await delay(backoffMs[Math.min(attempt, backoffMs.length) - 1] ?? 1000, undefined, { signal }).catch(
        () => undefined,
      );
    } finally {
      tail.abort();
    }
  }
}

/** Pulls ahead of who takes, up to {@link MAX_HELD}. */
function pulled(events: AsyncIterable<Recorded>, stop: AbortSignal, arrived: (event: Recorded) => void) {
  const held: Recorded[] = [];
  let ended = false;
  let failure: { readonly error: unknown } | undefined;
  let [wake, goOn]: (() => void)[] = [];
  stop.addEventListener('abort', () => goOn?.());
  void pull();

  return {
    /** Resolves with true when there is something to take, with false at the end; rejects as `events` does. */
    async some(): Promise<boolean> {
      if (held.length === 0 && !ended) await new Promise<void>((resolve) => (wake = resolve));
      // What came before a failure is taken first.
      if (held.length === 0 && failure !== undefined) throw failure.error;
      return held.length > 0;
    },
    take(count: number): readonly Recorded[] {
      const taken = held.splice(0, count);
      goOn?.();
      return taken;
    },
  };

  async function pull(): Promise<void> {
    try {
      for await (const event of events) {
        held.push(event);
        arrived(event);
        wake?.();
        if (held.length >= MAX_HELD && !stop.aborted) await new Promise<void>((resolve) => (goOn = resolve));
      }
    } catch (error) {
      failure = { error };
    }
    ended = true;
    wake?.();
  }
}
