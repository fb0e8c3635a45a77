import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Ask, Told } from './contender.ts';
import type { Round } from './round.ts';

/** A contender's process, between rounds. */
export interface Runner {
  round(callers: number, ms: number): Promise<Round>;
  close(): Promise<void>;
}

/** Starts a contender's process: the module of that name in this folder. */
export async function startRunner(module: string, args: readonly string[]): Promise<Runner> {
  const child = fork(join(import.meta.dirname, `${module}.ts`), args, { execArgv: ['--no-deprecation'] });
  const ended = once(child, 'exit');
  const died = ended.then(([code]): never => {
    throw new Error(`the process of ${module} ended with ${String(code)}`);
  });
  died.catch(() => undefined);
  const told = async () => ((await Promise.race([once(child, 'message'), died])) as [Told])[0];
  const ask = (what: Ask) => void child.send(what);
  await told();
  return {
    async round(callers, ms) {
      const answer = told();
      ask({ sagas: 'for', callers, ms });
      const said = await answer;
      if (!('round' in said)) throw new Error(`${module} did not run`);
      return said.round;
    },
    async close() {
      if (child.exitCode === null) ask({ sagas: 'end' });
      await ended;
    },
  };
}
