import { eventsBefore, tail, type Filters } from '../http/log.ts';
import { RequestProblem } from '../http/request.ts';
import { emptyList, withNewer, withOlder, type TailList } from './tail-list.ts';

/** How the tail is doing. */
export type FeedStatus = 'connecting' | 'live' | 'retrying' | 'stopped';

/** What the tail has to show. */
export interface FeedState {
  readonly list: TailList;
  readonly status: FeedStatus;
  /** Why it is `retrying` or `stopped`. */
  readonly problem: RequestProblem | undefined;
  readonly isFetchingOlder: boolean;
  /** Why older ones could not be had. */
  readonly olderProblem: RequestProblem | undefined;
}

/** Follows the log for as long as it is open. */
export interface TailFeed {
  readonly state: FeedState;
  /** From now on these; begins anew. */
  start(filters: Filters): void;
  pause(): void;
  /** Shows the present again. */
  resume(): void;
  older(): Promise<void>;
  close(): void;
}

/** Shown at once when a tail begins. */
const firstEvents = 100;
/** One page of older ones. */
const pageEvents = 100;
const maxRetryMs = 15_000;

/**
 * @param changed called after each change of `state`
 * @param firstRetryMs rest after the first failure; each further one doubles it @default 1_000 milliseconds
 */
export function createTailFeed(changed: () => void, firstRetryMs = 1_000): TailFeed {
  let state: FeedState = {
    list: emptyList,
    status: 'connecting',
    problem: undefined,
    isFetchingOlder: false,
    olderProblem: undefined,
  };
  let filters: Filters | undefined;
  let running = new AbortController();

  const set = (change: Partial<FeedState>) => {
    state = { ...state, ...change };
    changed();
  };

  /** @param list stays on the page until the end of the log is here */
  const begin = (list: TailList) => {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    set({ list, status: 'connecting', problem: undefined, isFetchingOlder: false, olderProblem: undefined });
    follow(signal).catch((error: unknown) => {
      if (signal.aborted) return;
      if (!(error instanceof RequestProblem)) throw error;
      set({ status: 'stopped', problem: error });
    });
  };

  const follow = async (signal: AbortSignal) => {
    let after: number | undefined;
    let failures = 0;
    for (;;) {
      try {
        const start = after === undefined ? { last: firstEvents } : { after };
        for await (const { events, position } of tail(filters!, start, signal)) {
          const list = after === undefined && !state.list.isPaused ? emptyList : state.list;
          after = Math.max(after ?? 0, position);
          failures = 0;
          set({ list: withNewer(list, events), status: 'live', problem: undefined });
        }
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof RequestProblem) || !error.mayPass) throw error;
        failures += 1;
        set({ status: 'retrying', problem: error });
        await rest(Math.min(firstRetryMs * 2 ** (failures - 1), maxRetryMs), signal);
      }
    }
  };

  return {
    get state() {
      return state;
    },
    start(wanted) {
      filters = wanted;
      begin(emptyList);
    },
    pause: () => set({ list: { ...state.list, isPaused: true } }),
    resume() {
      const list = { ...state.list, isPaused: false, waiting: 0 };
      // What was missed may be more than fits: the end of the log is asked for anew.
      if (state.list.waiting > 0) begin(list);
      else set({ list });
    },
    async older() {
      const oldest = state.list.events.at(-1);
      if (!oldest || !filters || state.isFetchingOlder) return;
      const { signal } = running;
      set({ isFetchingOlder: true, olderProblem: undefined });
      try {
        const found = await eventsBefore(oldest.position, filters, pageEvents, signal);
        if (!signal.aborted) set({ list: withOlder(state.list, found, pageEvents), isFetchingOlder: false });
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof RequestProblem)) throw error;
        set({ isFetchingOlder: false, olderProblem: error });
      }
    },
    close: () => running.abort(),
  };
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
