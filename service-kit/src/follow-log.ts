import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { EventChannel, Position, Recorded, StreamName } from '@souk/event-channel';

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
  /** Awaited before each batch, with something in hand or not: nothing is taken until it resolves. */
  readonly hold?: () => Promise<void> | undefined;
  /** Takes a batch whole or throws and takes none of it. */
  readonly commit: (batch: readonly Recorded[]) => void;
  readonly onFailure: (error: unknown, attempt: number) => void;
}

/**
 * Hands over a stream in order, forever, in batches of what waits, and never skips: a batch that fails comes again event
 * by event until it passes, so that the events before the bad one are taken. Resolves when `signal` aborts or the channel
 * closes; never rejects.
 */
export async function followLog(options: FollowOptions): Promise<void> {
  const { channel, signal, maxBatch, backoffMs, commit, onFailure } = options;
  let attempt = 0;
  /** Up to here a batch has failed: go event by event. */
  let carefulUntil: Position = 0;

  while (!signal.aborted) {
    const tail = new AbortController();
    const stop = AbortSignal.any([signal, tail.signal]);
    try {
      const from = options.from();
      const events = channel.tail(`${options.stream}.>`, from, stop);
      let next = from;
      for await (const batch of batches(events, () => (next <= carefulUntil ? 1 : maxBatch))) {
        const last = batch.at(-1)?.position ?? next;
        await options.hold?.();
        if (signal.aborted) return;
        try {
          commit(batch);
        } catch (error) {
          carefulUntil = Math.max(carefulUntil, last);
          throw error;
        }
        next = last + 1;
        attempt = 0;
        await nextTurn();
        if (signal.aborted) return;
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

/** Groups what arrives within one turn of the event loop. */
async function* batches(events: AsyncIterable<Recorded>, limit: () => number): AsyncGenerator<Recorded[]> {
  const iterator = events[Symbol.asyncIterator]();
  let coming = pull(iterator);
  for (;;) {
    const first = await coming;
    if (first.done) return;
    const batch = [first.value];
    coming = pull(iterator);
    const most = limit();
    const turn = nextTurn(undefined);
    while (batch.length < most) {
      const next = await Promise.race([coming, turn]);
      if (next === undefined || next.done) break;
      batch.push(next.value);
      coming = pull(iterator);
    }
    yield batch;
  }
}

function pull(iterator: AsyncIterator<Recorded>): Promise<IteratorResult<Recorded>> {
  const result = iterator.next();
  // It may fail while nobody waits for it; who awaits it later still gets the error.
  result.catch(() => undefined);
  return result;
}
