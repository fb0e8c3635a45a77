// The query process: reads the log, answers one query after the other, and may be killed at any time.
import { setPriority } from 'node:os';
import type { FromProcess, ProcessSetup, ToProcess } from '../runner/messages.ts';
import { failureOf } from './failures.ts';
import { openLog } from './open-log.ts';
import { runQuery } from './run-query.ts';
import { startWatchdog } from './watchdog.ts';

const graceMs = 2_000;

const send = (message: FromProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    process.send?.(message, undefined, undefined, (error) => (error ? reject(error) : resolve()));
  });

const setup = JSON.parse(process.argv[2] ?? '{}') as ProcessSetup;
const { limits } = setup;
try {
  // The shop goes first.
  setPriority(10);
} catch {
  // Not every system lets us.
}
const watchdog = startWatchdog();
let log: ReturnType<typeof openLog> | undefined;

process.on('message', async (query: ToProcess) => {
  watchdog.allow(limits.deadlineMs + (query.language === 'kql' ? limits.parserMs + limits.translationMs : 0) + graceMs);
  try {
    log ??= openLog(setup);
    await runQuery(log, query, limits, send);
  } catch (error) {
    await send({ kind: 'failed', ...failureOf(error) });
  } finally {
    watchdog.allow(undefined);
  }
});
process.once('disconnect', () => process.exit());
await send({ kind: 'ready' });
