import { sqliteChannel } from '@souk/event-channel/sqlite';
import { serve } from '../../testing/index.ts';
import { handlerDatabase, openTill, raiseHandler } from './till.ts';

/**
 * A till with its handler in a process made to be killed: it says on standard output where it listens and what the handler
 * has before it. `hold` never answers; `die` kills itself between the answer's append and the note of it.
 */
const [dataDir, mode] = process.argv.slice(2) as [string, 'hold' | 'die'];
const channel = sqliteChannel({ file: `${dataDir}/channel.db` });
const till = await openTill({ channel, dataDir });
await till.ready();
raiseHandler(
  { channel, db: handlerDatabase(dataDir) },
  (asked) => {
    process.stdout.write(`handling ${asked.amount}\n`);
    return mode === 'hold' ? new Promise(() => undefined) : Promise.resolve();
  },
  () => {
    if (mode === 'die') process.kill(process.pid, 'SIGKILL');
  },
);
const { url } = await serve(till);
process.stdout.write(`listening ${url}\n`);
