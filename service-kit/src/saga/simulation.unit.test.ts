import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../sqlite.ts';
import { parseSagaCommandId } from './command-id.ts';
import { decideSaga } from './decide.ts';
import type { SagaInput } from './decide.ts';
import type { SagaEvent, SagaSend } from './saga-event.ts';
import { sagaTable } from './saga-table.ts';
import { evolveSaga, mayStand, progressOf } from './state.ts';
import type { SagaState } from './state.ts';
import { simulateSagas } from './testing/simulate-sagas.ts';
import type { SimulationOptions } from './testing/simulate-sagas.ts';
import { trip } from './testing/trip.ts';

/** A world of seats, rooms and money, small enough that not every trip can be had. */
function world() {
  const seats = new Map<string, string>();
  const rooms = new Map<string, string>();
  const paid = new Set<string>();
  const participants: SimulationOptions['participants'] = {
    air: {
      'trips.flight-asked.v1': (_command, { sagaId, key, once }) =>
        once(() => {
          if (seats.size >= 6) return { type: 'air.refused.v1', data: { why: 'full' } };
          seats.set(sagaId, key);
          return { type: 'air.booked.v1', data: { flight: key } };
        }),
      'trips.flight-cancelled.v1': (_command, { sagaId, once }) =>
        once(() => {
          seats.delete(sagaId);
          return { type: 'air.cancelled.v1', data: {} };
        }),
    },
    inn: {
      'trips.room-asked.v1': (_command, { sagaId, key, random, once }) =>
        once(() => {
          if (random() < 0.2) return { type: 'inn.refused.v1', data: { why: 'full' } };
          rooms.set(sagaId, key);
          return { type: 'inn.booked.v1', data: { room: key } };
        }),
      'trips.room-cancelled.v1': (_command, { sagaId, random, once }) => {
        // Not remembered: another attempt may succeed.
        if (random() < 0.5) return undefined;
        return once(() => {
          rooms.delete(sagaId);
          return { type: 'inn.cancelled.v1', data: {} };
        });
      },
    },
    bank: {
      'trips.payment-asked.v1': (_command, { sagaId, random, once }) =>
        once(() => {
          if (random() < 0.3) return { type: 'bank.refused.v1', data: { why: 'no money' } };
          paid.add(sagaId);
          return { type: 'bank.paid.v1', data: {} };
        }),
    },
  };
  return { seats, rooms, paid, participants };
}

const tenTrips = Array.from({ length: 10 }, (_, index) => ({
  id: `t${index}`,
  data: { city: 'Rome' },
  afterMs: index,
}));

describe('a simulation', () => {
  test('of many trips ends each of them with everything or nothing, whatever goes wrong', () => {
    const seen = { completed: 0, failed: 0, parked: 0, crashes: 0, duplicates: 0 };
    for (let seed = 1; seed <= 150; seed++) {
      const { seats, rooms, paid, participants } = world();
      const options = { seed, definitions: [trip], sagas: tenTrips, participants };
      const { sagas, parked, counts } = simulateSagas({ ...options, operator: () => 'retry' });
      seen.parked += parked.length;
      seen.crashes += counts.crashes;
      seen.duplicates += counts.duplicates;
      for (const [id, { status }] of sagas) {
        const has = [seats.has(id), rooms.has(id)];
        expect([seed, id, status, ...has]).toEqual([seed, id, status, ...Array(2).fill(status === 'completed')]);
        // Paying cannot be undone here, so a payment that never answered may stand.
        if (status === 'completed') expect(paid.has(id)).toBe(true);
        expect(['completed', 'failed']).toContain(status);
        seen[status as 'completed' | 'failed']++;
      }
      expect(sagas.size).toBe(10);
    }
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(10);
  });

  test('is the same for the same seed, and another for another', () => {
    const run = (seed: number) => {
      const { participants } = world();
      const { history, tookMs } = simulateSagas({ seed, definitions: [trip], sagas: tenTrips, participants });
      return JSON.stringify([[...history], tookMs]);
    };
    expect(run(7)).toBe(run(7));
    expect(run(7)).not.toBe(run(8));
  });

  test('tells when a saga goes on for ever', () => {
    const { participants } = world();
    const options = { seed: 1, definitions: [trip], sagas: tenTrips, participants, maxDeliveries: 5 };
    expect(() => simulateSagas(options)).toThrow('seed 1');
  });

  test('leaves the read model, after each event, where the event leaves the saga', () => {
    interface Row {
      readonly state: string;
      readonly due_at: number | null;
      readonly reason: string | null;
    }
    for (let seed = 200; seed < 230; seed++) {
      const { participants } = world();
      const db = openDatabase({ file: ':memory:', migrations: [] });
      const table = sagaTable(db);
      const options = { seed, definitions: [trip], sagas: tenTrips, participants };
      const { history } = simulateSagas({ ...options, operator: (_saga, acts) => acts[seed % acts.length] });
      for (const [id, events] of history) {
        let state: SagaState | undefined;
        for (const event of events) {
          if (event.name === 'command') continue;
          state = evolveSaga(state, event, id);
          table.apply(id, event);
          const row = db.get<Row>('SELECT state, due_at, reason FROM souk_saga WHERE id = ?', id);
          const where = [seed, id, event.name];
          expect([...where, row?.state, row?.due_at]).toEqual([...where, state.status, state.wait?.dueAt ?? null]);
        }
        const row = db.get<Row>('SELECT state, due_at, reason FROM souk_saga WHERE id = ?', id);
        expect([seed, id, row?.reason]).toEqual([seed, id, state?.reason ?? null]);
      }
      db.close();
    }
  });
});

const ACTS = ['retry', 'skip', 'resolve', 'resume'] as const;

/** Anything that a saga can be told: mostly about what it has sent, sometimes nonsense. */
const anything = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('reply' as const), back: fc.nat(6), type: fc.nat(3) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('due' as const), early: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      act: fc.constantFrom(...ACTS),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unknown' as const) }) },
);
type Told = typeof anything extends fc.Arbitrary<infer One> ? One : never;
const REPLIES = [
  ...['air.booked.v1', 'inn.booked.v1', 'bank.paid.v1', 'air.cancelled.v1', 'inn.cancelled.v1'],
  ...['air.refused.v1', 'inn.refused.v1'],
];

/** Every reply type that fits a command, success first. */
function repliesTo(commandId: string): string[] {
  const { step, kind } = parseSagaCommandId(commandId)!;
  const one = trip.steps.find(({ name }) => name === step)!;
  const leg = kind === 'forward' ? one : one.compensation!;
  return [...Object.keys(leg.succeeds), ...Object.keys(leg.fails ?? {})];
}

test('whatever a saga is told, it keeps its promises', () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 60 }), (told) => {
      let now = 0;
      let decision = decideSaga(trip, undefined, { kind: 'start', id: 's1', data: { city: 'Rome' } }, now);
      let state = decision.state!;
      const all: (SagaEvent | SagaSend)[] = [...decision.events];
      for (const one of told) {
        const before = state;
        const sent = all.filter((event) => event.name === 'command');
        const input = toInput(one, sent);
        if (one.kind === 'due') now = one.early ? now : Math.max(now, state.wait?.dueAt ?? now);
        decision = decideSaga(one.kind === 'unknown' ? undefined : trip, state, input, now);
        state = decision.state!;
        all.push(...decision.events);
        expectPromises(before, state, decision.events, all);
        // Told the same again at once, it has nothing to add.
        if (one.kind === 'reply' || one.kind === 'due') expect(decideSaga(trip, state, input, now).events).toEqual([]);
      }
      // Left alone with the clock it comes to an end or to a person.
      for (let left = 50; left > 0 && state.wait !== undefined; left--) {
        now = state.wait.dueAt;
        state = decideSaga(trip, state, { kind: 'due' }, now).state!;
      }
      expect(['completed', 'failed', 'parked']).toContain(state.status);
    }),
    { numRuns: 2000 },
  );
});

function toInput(one: Told, sent: readonly SagaSend[]): SagaInput {
  if (one.kind === 'act') return { kind: 'act', act: one.act, who: 'w', why: 'y' };
  if (one.kind === 'due' || one.kind === 'unknown') return { kind: 'due' };
  const command = sent[Math.max(0, sent.length - 1 - one.back)]!;
  const fitting = repliesTo(command.id);
  const type = one.type === 3 ? REPLIES[one.back]! : fitting[one.type % fitting.length]!;
  const data = { why: 'no', flight: 'f', room: 'r' };
  const place = { id: 'r', type, stream: 'x', subject: 'x.y', position: 1 };
  return { kind: 'reply', to: parseSagaCommandId(command.id)!, type, data, place };
}

function expectPromises(
  before: SagaState,
  state: SagaState,
  events: readonly (SagaEvent | SagaSend)[],
  all: readonly (SagaEvent | SagaSend)[],
): void {
  // A saga that is on its way waits for something, and one that is not waits for nothing.
  expect(state.wait !== undefined).toBe(state.status === 'running' || state.status === 'compensating');
  if (before.status === 'completed') expect(events).toEqual([]);
  const commands = all.filter((event) => event.name === 'command');
  expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
  for (const { name, step, compensation } of trip.steps.map((one) => ({ ...one, step: one.name }))) {
    const progress = progressOf(state, step);
    if (progress.compensation.sent > 0) expect(progress.forward.sent).toBeGreaterThan(0);
    if (state.status === 'completed') expect([name, mayStand(progress)]).toEqual([name, true]);
    // Over and failed: nothing that can be undone stands, unless a person let it stand.
    if (state.status === 'failed' && compensation !== undefined && progress.compensation.state !== 'skipped') {
      expect([name, mayStand(progress)]).toEqual([name, false]);
    }
  }
}
