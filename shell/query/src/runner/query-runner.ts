import { LogNotReadable, QueryAbandoned, TooManyQueries } from '../errors.ts';
import type { Answer } from './answer.ts';
import type { ProcessSetup } from './messages.ts';
import { startQueryProcess, type QueryProcess } from './query-process.ts';
import type { Query } from './query.ts';

/** Answers queries in processes of their own. */
export interface QueryRunner {
  /**
   * Waits for a free process, and runs the query in it. The deadline counts from there.
   * @throws {TooManyQueries} and all that {@link QueryProcess.run} throws
   */
  run(query: Query, signal?: AbortSignal): Promise<Answer>;
  /** Ids of the processes that live. */
  readonly pids: readonly number[];
  /** Kills every process, and waits until they are gone. */
  close(): Promise<void>;
}

interface Waiting {
  readonly start: () => void;
  readonly give: (error: Error) => void;
}

/** One process is always warm; others come when it is busy, and go when nobody waits. */
export function createQueryRunner(setup: ProcessSetup): QueryRunner {
  const { processes, maxWaiting } = setup.limits;
  const alive = new Set<QueryProcess>();
  const idle: QueryProcess[] = [];
  const queue: Waiting[] = [];
  let busy = 0;
  let closed = false;

  const start = (): QueryProcess => {
    const started = startQueryProcess(setup);
    alive.add(started);
    void started.gone.then(() => {
      alive.delete(started);
      const index = idle.indexOf(started);
      if (index >= 0) idle.splice(index, 1);
    });
    return started;
  };
  const release = (used: QueryProcess) => {
    if (closed) return;
    if (alive.has(used)) {
      if (idle.length === 0) idle.push(used);
      else used.kill();
    }
    const next = queue.shift();
    // The next one takes this one's place, or somebody could slip in between.
    if (next) return next.start();
    busy--;
    if (idle.length === 0 && alive.size < processes) idle.push(start());
  };
  const runNow = async (query: Query, signal: AbortSignal | undefined): Promise<Answer> => {
    const process = idle.pop() ?? start();
    try {
      await process.ready;
      const answer = await process.run(query, signal);
      // A query that took its process down fails only when that is gone.
      void answer.end.catch(() => undefined).then(() => release(process));
      return answer;
    } catch (error) {
      release(process);
      throw error;
    }
  };

  idle.push(start());
  return {
    get pids() {
      return [...alive].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
    },
    async run(query, signal) {
      if (closed) throw new LogNotReadable('this service is closing');
      if (busy < processes) busy++;
      else if (queue.length < maxWaiting) await place(queue, signal);
      else throw new TooManyQueries();
      return runNow(query, signal);
    },
    async close() {
      closed = true;
      for (const waiting of queue.splice(0)) waiting.give(new LogNotReadable('this service is closing'));
      const all = [...alive];
      for (const process of all) process.kill();
      await Promise.all(all.map(({ gone }) => gone));
    },
  };
}

/** Resolves when it is this one's turn. */
function place(queue: Waiting[], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((start, give) => {
    const waiting = { start, give };
    queue.push(waiting);
    signal?.addEventListener(
      'abort',
      () => {
        const index = queue.indexOf(waiting);
        if (index < 0) return;
        queue.splice(index, 1);
        give(new QueryAbandoned());
      },
      { once: true },
    );
  });
}
