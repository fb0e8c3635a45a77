import type { EventChannel, Recorded } from '@souk/event-channel';
import type { Reactor } from '../../reactor.ts';
import { openDatabase } from '../../sqlite.ts';
import type { Database } from '../../sqlite.ts';
import { sagaParticipant } from '../participant.ts';
import type { SagaCommandHandler, SagaParticipantOptions } from '../participant.ts';
import { openSagas } from '../open-sagas.ts';
import type { Sagas, SagasOptions } from '../sagas.ts';
import { trip } from './trip.ts';

/** Everything that takes part in trips, in one process for tests. */
export interface Travel {
  readonly sagas: Sagas;
  readonly db: Database;
  close(): Promise<void>;
}

/** The runner of the trips, on its own file. */
export function openTrips(channel: EventChannel, dataDir: string, options: Partial<SagasOptions> = {}): Travel {
  const db = openDatabase({ file: `${dataDir}/trips.db`, migrations: [] });
  const replies = ['air', 'inn', 'bank'].map((stream) => ({ stream }));
  const sagas = openSagas({ name: 'trips', channel, db, definitions: [trip], replies, ...options });
  return {
    sagas,
    db,
    async close() {
      await sagas.close();
      db.close();
    },
  };
}

/** What participants did, by idempotency key, in order. */
export type Done = string[];

type Commands = SagaParticipantOptions['commands'];

const answerOf =
  (owner: string, type: string, done: Done, data: (sagaId: string) => unknown = () => ({})): SagaCommandHandler =>
  async (_command, { key, sagaId }) => {
    done.push(key);
    return { subject: `${owner}.trip.${sagaId}`, events: [{ type: `${owner}.${type}.v1`, data: data(sagaId) }] };
  };

/** Participants that always say yes, unless told otherwise: a handler, or `null` for one that is not there. */
export function openParticipants(
  channel: EventChannel,
  dataDir: string,
  done: Done,
  other: Readonly<Record<string, SagaCommandHandler | null>> = {},
): { readonly reactors: readonly Reactor[]; close(): Promise<void> } {
  const all: Record<string, Commands> = {
    air: {
      'trips.flight-asked.v1': answerOf('air', 'booked', done, (id) => ({ flight: `flight of ${id}` })),
      'trips.flight-cancelled.v1': answerOf('air', 'cancelled', done),
    },
    inn: {
      'trips.room-asked.v1': answerOf('inn', 'booked', done, (id) => ({ room: `room of ${id}` })),
      'trips.room-cancelled.v1': answerOf('inn', 'cancelled', done),
    },
    bank: { 'trips.payment-asked.v1': answerOf('bank', 'paid', done) },
  };
  const opened = Object.entries(all).map(([owner, commands]) => {
    const db = openDatabase({ file: `${dataDir}/${owner}.db`, migrations: [] });
    const handlers = Object.entries({ ...commands, ...pick(other, commands) }).filter((entry) => entry[1] !== null);
    const reactor = sagaParticipant({
      name: `${owner}-trips`,
      ...{ channel, db, stream: 'trips', source: `/${owner}`, backoffMs: [1] },
      commands: Object.fromEntries(handlers) as Commands,
    });
    return { db, reactor };
  });
  return {
    reactors: opened.map(({ reactor }) => reactor),
    async close() {
      for (const { db, reactor } of opened) {
        await reactor.close();
        db.close();
      }
    },
  };
}

/** Whether a saga of this id has come to this state, for `untilEvent` on `trips.saga.<id>`. */
export const hasEvent =
  (name: string) =>
  ({ event }: Recorded): boolean =>
    event.type === `trips.saga-${name}.v1`;

function pick<Value>(from: Readonly<Record<string, Value>>, keys: object): Record<string, Value> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => Object.hasOwn(keys, key)));
}
