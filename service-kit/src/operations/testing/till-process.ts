import type { EventChannel } from '@souk/event-channel';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { serve } from '../../testing/index.ts';
import { handlerDatabase, openTill, raised, raiseHandler } from './till.ts';

/**
 * A till with its handler in a process made to die, which says on standard output where it listens. When it dies: `hold`:
 * when it is killed from outside, for it never answers, and says so; `appended`: between an answer's append and its note.
 * With answers at once: `deciding`: in the transaction; `written`: right behind it; `passed-over`: when the command is
 * delivered, before the channel notes that.
 */
export type Death = 'hold' | 'appended' | 'deciding' | 'written' | 'passed-over';

const [dataDir, death] = process.argv.slice(2) as [string, Death];
const die = () => process.kill(process.pid, 'SIGKILL');
const log = sqliteChannel({ file: `${dataDir}/channel.db` });
const channel: EventChannel = {
  ...log,
  async append(subject, events, options) {
    const appended = await log.append(subject, events, options);
    if (death === 'appended' && events[0]?.type === 'till.raised.v1') die();
    return appended;
  },
  followUp: (filter, decide) =>
    log.followUp!(filter, (recorded) => {
      const followUp = decide(recorded);
      if (death === 'deciding') die();
      return followUp && { ...followUp, settled: death === 'written' ? die : followUp.settled };
    }),
  consume: (options, handler) =>
    log.consume(options, async (delivery) => {
      await handler(delivery);
      if (death === 'passed-over') die();
    }),
};
const till = await openTill({ channel, dataDir });
await till.ready();
const atOnce = ['deciding', 'written', 'passed-over'].includes(death) ? { answerAtOnce: raised } : {};
raiseHandler({ channel, db: handlerDatabase(dataDir), ...atOnce }, async () => {
  if (death !== 'hold') return;
  process.stdout.write('handling\n');
  await new Promise(() => undefined);
});
const { url } = await serve(till);
process.stdout.write(`listening ${url}\n`);
