import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { errorOf, LogNotReadable, QueryAbandoned, QueryTooLarge, QueryTooSlow } from '../errors.ts';
import { openAnswer, type Answer, type AnswerWriter } from './answer.ts';
import type { FromProcess, ProcessSetup } from './messages.ts';
import type { Query } from './query.ts';

/** A process that answers one query at a time. */
export interface QueryProcess {
  readonly pid: number | undefined;
  /** Resolves when it can take a query. @throws {LogNotReadable} it died before */
  readonly ready: Promise<void>;
  /** Resolves when it is gone. */
  readonly gone: Promise<void>;
  /**
   * Runs a query; `signal` or the deadline kill the process with it.
   * @throws {InvalidQuery} {@link QueryNotAllowed} {@link PastNeeded} {@link QueryTooSlow} {@link QueryTooLarge}
   * {@link LogNotReadable} {@link QueryAbandoned}, here until the answer has begun, from the answer after that
   */
  run(query: Query, signal?: AbortSignal): Promise<Answer>;
  kill(): void;
}

const script = fileURLToPath(new URL('../process/main.ts', import.meta.url));

/** The heap of JavaScript in the process; SQLite's is limited apart. */
const maxOldSpaceMb = 192;

/** Starts one. It inherits no environment, and so no secrets. */
export function startQueryProcess(setup: ProcessSetup): QueryProcess {
  const { limits } = setup;
  const child = fork(script, [JSON.stringify(setup)], {
    env: {},
    execArgv: [`--max-old-space-size=${maxOldSpaceMb}`, '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const ready = Promise.withResolvers<void>();
  let running: PromiseWithResolvers<Answer> | undefined;
  let writer: AnswerWriter | undefined;
  let timer: NodeJS.Timeout | undefined;
  let causeOfDeath: Error | undefined;
  ready.promise.catch(() => undefined);

  const settle = () => {
    clearTimeout(timer);
    writer = undefined;
    running = undefined;
  };
  const fail = (error: Error) => {
    running?.reject(error);
    writer?.fail(error);
    settle();
  };
  const kill = (error: Error) => {
    causeOfDeath ??= error;
    child.kill('SIGKILL');
  };
  const expect = (what: string, ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => kill(new QueryTooSlow(what, ms)), ms);
  };

  child.on('message', (message: FromProcess) => {
    switch (message.kind) {
      case 'ready':
        return ready.resolve();
      case 'parser-loaded':
        return expect('the translation of the query', limits.translationMs);
      case 'translated':
        return expect('the query', limits.deadlineMs);
      case 'begin': {
        const { kind: _, ...head } = message;
        writer = openAnswer(head);
        return running?.resolve(writer.answer);
      }
      case 'chunk':
        return writer?.write(message.text);
      case 'end': {
        const { kind: _, ...end } = message;
        writer?.end(end);
        return settle();
      }
      case 'failed':
        return fail(errorOf(message));
    }
  });
  child.on('error', () => undefined); // told by `exit`
  const gone = once(child, 'exit').then(
    () => undefined,
    () => undefined,
  );
  void gone.then(() => {
    const error = causeOfDeath ?? new QueryTooLarge('the query took down its process, most likely for want of memory');
    ready.reject(new LogNotReadable('the query process did not start', { cause: error }));
    fail(error);
  });

  return {
    pid: child.pid,
    ready: ready.promise,
    gone,
    run(query, signal) {
      const begun = Promise.withResolvers<Answer>();
      running = begun;
      if (query.language === 'kql') expect('loading the parser of KQL', limits.parserMs);
      else expect('the query', limits.deadlineMs);
      const abandon = () => kill(new QueryAbandoned());
      if (signal?.aborted) abandon();
      signal?.addEventListener('abort', abandon, { once: true });
      const forget = () => signal?.removeEventListener('abort', abandon);
      begun.promise.then((answer) => answer.end.then(forget, forget), forget);
      child.send(query, (error) => error && fail(new LogNotReadable('the query process is gone', { cause: error })));
      return begun.promise;
    },
    kill: () => kill(new QueryAbandoned()),
  };
}
