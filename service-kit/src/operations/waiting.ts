import type { Recorded } from '@souk/event-channel';

/** Somebody who waits for the answer to one command. */
export interface Waiter {
  /** The answer, or `undefined` when the wait ended without one. Never rejects. */
  readonly answer: Promise<Recorded | undefined>;
  /** Stops waiting. Idempotent. */
  stop(): void;
}

/** Who waits here, by command and trail. */
export interface Waiting {
  /** How many wait for answers to this command. */
  count(command: string): number;
  add(command: string, trail: string, timeoutMs: number): Waiter;
  /** Hands an answer over; false when nobody waits for it. */
  deliver(command: string, trail: string, answer: Recorded): boolean;
  /** Everybody stops waiting. */
  stopAll(): void;
}

interface Entry {
  readonly end: (answer: Recorded | undefined) => void;
}

export function waitingRoom(): Waiting {
  const byCommand = new Map<string, Map<string, Entry>>();

  return {
    count: (command) => byCommand.get(command)?.size ?? 0,
    add(command, trail, timeoutMs) {
      const waiters = byCommand.get(command) ?? new Map<string, Entry>();
      byCommand.set(command, waiters);
      const { promise, resolve } = Promise.withResolvers<Recorded | undefined>();
      const end = (answer: Recorded | undefined) => {
        clearTimeout(timer);
        if (waiters.get(trail) === entry) waiters.delete(trail);
        resolve(answer);
      };
      const entry: Entry = { end };
      const timer = setTimeout(end, timeoutMs, undefined);
      waiters.set(trail, entry);
      return { answer: promise, stop: () => end(undefined) };
    },
    deliver(command, trail, answer) {
      const entry = byCommand.get(command)?.get(trail);
      entry?.end(answer);
      return entry !== undefined;
    },
    stopAll() {
      for (const waiters of byCommand.values()) for (const entry of waiters.values()) entry.end(undefined);
    },
  };
}
