/** Runs work when the earliest of many things is due. */
export interface DueTimer {
  /** What is due first may have changed: asks again, in a later turn. */
  changed(): void;
  /** Stops and waits for work at hand. */
  close(): Promise<void>;
}

export interface DueTimerOptions {
  readonly now: () => number;
  /** When the first is due; `undefined` when nothing is. Milliseconds since 1970. */
  readonly earliest: () => number | undefined;
  /** Does what is due at this time. If it rejects, it is asked again after `pauseMs`. */
  readonly run: (nowMs: number) => Promise<void>;
  /** Between two runs at least, so that what stays due does not spin. @default 20 milliseconds */
  readonly pauseMs?: number;
}

/** The longest wait that a timer of the platform can hold. */
const MAX_WAIT_MS = 2 ** 31 - 1;

/** One timer, for the earliest. Where the times are kept is not its business, so they survive it. */
export function dueTimer({ now, earliest, run, pauseMs = 20 }: DueTimerOptions): DueTimer {
  let timer: NodeJS.Timeout | undefined;
  let asking: NodeJS.Immediate | undefined;
  let armedFor = Infinity;
  let running: Promise<void> | undefined;
  let notBefore = 0;
  let closed = false;

  const arm = () => {
    asking = undefined;
    if (closed || running !== undefined) return;
    const at = earliest();
    if (at === armedFor && timer !== undefined) return;
    clearTimeout(timer);
    timer = undefined;
    armedFor = at ?? Infinity;
    if (at === undefined) return;
    const waitMs = Math.max(at - now(), notBefore - performance.now(), 0);
    timer = setTimeout(fire, Math.min(waitMs, MAX_WAIT_MS));
  };
  const fire = () => {
    timer = undefined;
    armedFor = Infinity;
    const work = now() >= (earliest() ?? Infinity) ? run(now()) : Promise.resolve();
    running = work
      .catch(() => undefined)
      .then(() => {
        running = undefined;
        notBefore = performance.now() + pauseMs;
        arm();
      });
  };

  return {
    changed() {
      if (!closed) asking ??= setImmediate(arm);
    },
    async close() {
      closed = true;
      clearImmediate(asking);
      clearTimeout(timer);
      await running;
    },
  };
}
