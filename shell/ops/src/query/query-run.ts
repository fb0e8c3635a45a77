import { isLive, liveAnswers, query, type Answer, type Question } from '../http/query.ts';
import { RequestProblem } from '../http/request.ts';

/** What has become of the last question. */
export interface RunState {
  readonly isRunning: boolean;
  /** The answer is kept current. */
  readonly isLive: boolean;
  readonly answer: Answer | undefined;
  readonly problem: RequestProblem | undefined;
}

/** Runs one query at a time. */
export interface QueryRun {
  readonly state: RunState;
  /** Ends what runs, and asks this. Resolves when it has its answer, or has ended. */
  start(question: Question): Promise<void>;
  /** Ends what runs; what it has answered stays. */
  stop(): void;
  forgetProblem(): void;
}

/** @param changed called after each change of `state` */
export function createQueryRun(changed: () => void): QueryRun {
  let state: RunState = { isRunning: false, isLive: false, answer: undefined, problem: undefined };
  let running = new AbortController();
  const set = (change: Partial<RunState>) => {
    state = { ...state, ...change };
    changed();
  };

  return {
    get state() {
      return state;
    },
    async start(question) {
      running.abort();
      running = new AbortController();
      const { signal } = running;
      set({ isRunning: true, isLive: isLive(question), answer: undefined, problem: undefined });
      try {
        if (isLive(question)) {
          for await (const news of liveAnswers(question, signal)) {
            if ('rows' in news) set({ answer: news });
            else if (state.answer) set({ answer: { ...state.answer, position: news.position } });
          }
        } else {
          const answer = await query(question, signal);
          set({ answer, isRunning: false });
        }
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof RequestProblem)) throw error;
        set({ isRunning: false, problem: error });
      }
    },
    stop() {
      running.abort();
      set({ isRunning: false });
    },
    forgetProblem() {
      if (state.problem) set({ problem: undefined });
    },
  };
}
