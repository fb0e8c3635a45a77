/**
 * `node souk.ts DIR`: sagas of the kit. Each step is a command in the log and a reply in the log; participants have
 * databases of their own and know of the saga by events only.
 */
import { join } from 'node:path';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { defineSaga, openDatabase, openSagas, sagaParticipant } from '@souk/service-kit';
import { contend } from './contender.ts';
import { steps, work } from './steps.ts';

type Data = Readonly<Record<string, string>>;

const dir = process.argv[2] ?? '';
const channel = sqliteChannel({ file: join(dir, 'events.db') });
const trip = defineSaga<Data>({
  name: 'trip',
  version: 1,
  steps: steps.map((step) => ({
    name: step,
    command: (data) => ({ type: `trips.${step}-asked.v1`, data }),
    succeeds: { [`${step}.done.v1`]: (data: Data, reply: Data) => ({ ...data, ...reply }) },
    fails: {},
    timeoutMs: 30_000,
    retry: { maxAttempts: 3, backoffMs: [1_000] },
  })),
});

const participants = steps.map((step) => {
  const db = openDatabase({ file: join(dir, `${step}.db`), migrations: [] });
  const reactor = sagaParticipant({
    ...{ name: `${step}-trips`, channel, db, stream: 'trips', source: `/${step}` },
    commands: {
      [`trips.${step}-asked.v1`]: async (_command, { sagaId }) => ({
        subject: `${step}.trip.${sagaId}`,
        events: [{ type: `${step}.done.v1`, data: work(step, sagaId) }],
      }),
    },
  });
  return { db, reactor };
});

const ended = new Map<string, () => void>();
const db = openDatabase({ file: join(dir, 'trips.db'), migrations: [] });
const sagas = openSagas({
  ...{ name: 'trips', channel, db, definitions: [trip] },
  replies: steps.map((stream) => ({ stream })),
  onChange({ id, state }) {
    if (state.status === 'completed') ended.get(id)?.();
    else if (state.status !== 'running') throw new Error(`saga ${id} is ${state.status}`);
  },
});
await sagas.projection.ready();

async function run(id: string): Promise<void> {
  const end = new Promise<void>((resolve) => ended.set(id, resolve));
  await sagas.start({ definition: 'trip', id, data: { id } });
  await end;
  ended.delete(id);
}

contend(run, async () => {
  await sagas.close();
  for (const { reactor } of participants) await reactor.close();
  await channel.close();
  for (const one of [db, ...participants.map((participant) => participant.db)]) one.close();
});
