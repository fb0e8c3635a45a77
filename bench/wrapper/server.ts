/**
 * The two servers that are compared, in one process, so that both live under the same conditions: `/api/bench/plain` commits
 * one row with `synchronous = FULL` and answers; `/api/bench/commands` goes over two events. Prints its port. The third
 * argument makes each synced commit of both take so many milliseconds longer, as on a disk that syncs slower.
 */
import {
  commandHandler,
  createApp,
  createLogger,
  defineCommand,
  openDatabase,
  openOperations,
} from '@souk/service-kit';
import type { CommandAnswer } from '@souk/service-kit';
import type { CloudEvent } from '@souk/event-channel';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Type } from 'typebox';
import { slowCommits, wait } from './slow-commits.ts';

const [dataDir, sessionSecret, slower = '0'] = process.argv.slice(2) as [string, string, string?];
const slowerMs = Number(slower);
const log = createLogger({ name: 'bench', level: 'silent' });
const channel = slowCommits(slowerMs, () => sqliteChannel({ file: `${dataDir}/channel.db` }));
const body = Type.Object({ n: Type.Integer() });

const command = defineCommand({
  ...{ name: 'count', summary: 'Count', path: '/api/bench/commands', body },
  ...{ stream: 'bench', type: 'bench.count-asked.v1' },
  toEvent: ({ body: { n }, session, operationId }) => ({
    subject: `bench.counter.${operationId}`,
    data: { n, by: session.shopperId },
  }),
  owner: ({ by }) => by,
  success: { 'bench.counted.v1': body },
});
const counted = ({ id, data }: CloudEvent): CommandAnswer => ({
  ...{ subject: `bench.counter.${id}`, type: 'bench.counted.v1', data: { n: (data as { n: number }).n } },
});
const db = openDatabase({ file: `${dataDir}/bench.db`, migrations: [] });
commandHandler({
  ...{
    name: 'bench',
    channel,
    db: openDatabase({ file: `${dataDir}/handler.db`, migrations: [] }),
    command,
    source: '/bench',
  },
  answersOn: ({ id }) => [`bench.counter.${id}`],
  answerAtOnce: counted,
  handle: async (asked) => counted(asked),
});

const plain = openDatabase({ file: `${dataDir}/plain.db`, migrations: ['CREATE TABLE counted (n INTEGER, by TEXT)'] });
plain.exec('PRAGMA synchronous = FULL');

const app = createApp({ name: 'bench', version: '1', log, sessionSecret, channel });
const operations = openOperations({ name: 'bench', channel, db, commands: [command], log });
operations.addRoutes(app);
app.post('/api/bench/plain', { schema: { body, response: { 200: body } } }, async ({ body: { n }, session }) => {
  plain.run('INSERT INTO counted (n, by) VALUES (?, ?)', n, session.shopperId);
  wait(slowerMs);
  return { n };
});
process.once('SIGINT', () => process.exit());
await app.ready();
const server = createServer((request, response) => app.routing(request, response));
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
