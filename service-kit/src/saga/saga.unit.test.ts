import { describe, expect, test } from 'vitest';
import { effectKey, parseSagaCommandId, sagaCommandId } from './command-id.ts';
import { InvalidSaga, defineSaga } from './definition.ts';
import { decideSaga } from './decide.ts';
import { givenSaga } from './testing/given-saga.ts';
import { trip } from './testing/trip.ts';

const rome = () => givenSaga(trip, { city: 'Rome' });
/** Both bookings are made, and the bank says no: the way back begins. */
const refusedAtLast = () =>
  rome()
    .whenReply('air.booked.v1', { flight: 'f1' })
    .whenReply('inn.booked.v1', { room: 'r1' })
    .whenReply('bank.refused.v1', { why: 'no money' });
/** The room cannot be given back. */
const parked = () => refusedAtLast().whenDue().whenDue().whenDue();

describe('the way forward', () => {
  test('each success sends the next command in the same commit, and the last one ends the saga', () => {
    rome()
      .thenEvents('started', 'step-started')
      .thenCommands({ type: 'trips.flight-asked.v1', data: { city: 'Rome' } })
      .whenReply('air.booked.v1', { flight: 'f1' })
      .thenEvents('step-succeeded', 'step-started')
      .thenCommands('trips.room-asked.v1')
      .whenReply('inn.booked.v1', { room: 'r1' })
      .thenCommands({ type: 'trips.payment-asked.v1', data: { flight: 'f1', room: 'r1' } })
      .whenReply('bank.paid.v1')
      .thenEvents('step-succeeded', 'ended')
      .thenState('completed')
      .thenData({ city: 'Rome', flight: 'f1', room: 'r1' });
  });

  test('a doubled reply, one of another type and one to a command never sent change nothing', () => {
    rome()
      .whenReply('air.booked.v1', { flight: 'f1' })
      .whenReply('air.booked.v1', { flight: 'f2' }, 'saga-1.flight.forward.1')
      .thenEvents()
      .whenReply('bank.paid.v1', {})
      .thenEvents()
      .whenReply('inn.booked.v1', {}, 'saga-1.room.forward.2')
      .thenEvents()
      .whenReply('inn.cancelled.v1', {}, 'saga-1.room.compensate.1')
      .thenEvents()
      .thenData({ city: 'Rome', flight: 'f1' });
  });

  test('silence is asked again after a wait, under the same key, and the first answer counts', () => {
    const saga = rome().whenTime(999).thenEvents().whenTime(1).thenEvents('step-timed-out').thenCommands();
    saga.whenTime(99).thenCommands().whenTime(1).thenCommands('trips.flight-asked.v1');
    expect(saga.commands.map(({ id }) => id)).toEqual(['saga-1.flight.forward.1', 'saga-1.flight.forward.2']);
    expect(new Set(saga.commands.map(({ id }) => effectKey(id)))).toEqual(new Set(['saga-1.flight.forward']));
    saga
      .whenReply('air.booked.v1', { flight: 'f1' }, 'saga-1.flight.forward.1')
      .thenCommands('trips.room-asked.v1')
      .whenReply('air.booked.v1', { flight: 'f1' }, 'saga-1.flight.forward.2')
      .thenEvents();
  });
});

describe('the way back', () => {
  test('what succeeded is undone in reverse order, one after the other', () => {
    refusedAtLast()
      .thenEvents('step-failed', 'compensating', 'step-started')
      .thenCommands({ type: 'trips.room-cancelled.v1', data: { room: 'r1' } })
      .whenReply('inn.cancelled.v1')
      .thenCommands({ type: 'trips.flight-cancelled.v1', data: { flight: 'f1' } })
      .whenReply('air.cancelled.v1')
      .thenEvents('step-succeeded', 'ended')
      .thenState('failed', 'no money');
  });

  test('what was refused is not undone', () => {
    rome()
      .whenReply('air.refused.v1', { why: 'full' })
      .thenEvents('step-failed', 'compensating', 'ended')
      .thenState('failed', 'full');
  });

  test('what never answered may have happened, and is undone as well', () => {
    rome()
      .whenDue()
      .whenDue()
      .whenDue()
      .thenEvents('step-timed-out', 'compensating', 'step-started')
      .thenCommands('trips.flight-cancelled.v1')
      .whenReply('air.cancelled.v1')
      .thenState('failed', '"flight": no answer after 2 attempts');
  });

  test('a refusal of one attempt says nothing about another without an answer: that one is undone', () => {
    rome()
      .whenDue()
      .whenDue()
      .whenReply('air.refused.v1', { why: 'full' }, 'saga-1.flight.forward.1')
      .thenCommands('trips.flight-cancelled.v1');
  });

  test('a success that comes after compensation began tells the undoing what it knows, once', () => {
    const given = rome().whenDue().whenDue().whenDue().thenCommands('trips.flight-cancelled.v1');
    given
      .whenReply('air.booked.v1', { flight: 'f1' }, 'saga-1.flight.forward.1')
      .thenEvents('step-succeeded')
      .whenReply('air.booked.v1', { flight: 'f1' }, 'saga-1.flight.forward.2')
      .thenEvents()
      .whenDue()
      .whenDue()
      .thenCommands({ type: 'trips.flight-cancelled.v1', data: { flight: 'f1' } })
      .whenReply('air.cancelled.v1')
      .thenState('failed');
  });

  test('a success of a step that was refused and given up is undone, even when the saga was over', () => {
    rome()
      .whenReply('air.refused.v1', { why: 'full' })
      .thenState('failed')
      .whenReply('air.booked.v1', { flight: 'f1' }, 'saga-1.flight.forward.1')
      .thenEvents('step-succeeded', 'compensating', 'step-started')
      .thenCommands('trips.flight-cancelled.v1')
      .whenReply('air.cancelled.v1')
      .thenState('failed', 'full');
  });

  test('a success that comes when all is undone changes nothing', () => {
    rome()
      .whenDue()
      .whenDue()
      .whenDue()
      .whenReply('air.cancelled.v1')
      .whenReply('air.booked.v1', {}, 'saga-1.flight.forward.1')
      .thenEvents()
      .thenState('failed');
  });

  test('a refused undoing is tried again after its wait', () => {
    refusedAtLast()
      .whenReply('inn.cancel-refused.v1')
      .thenEvents('step-failed')
      .whenDue()
      .thenCommands('trips.room-cancelled.v1')
      .whenReply('inn.cancel-refused.v1')
      .thenEvents('step-failed', 'parked')
      .thenState('parked', 'undoing "room": refused after 2 attempts');
  });
});

describe('a parked saga', () => {
  test('waits for a person when an undoing keeps failing', () => {
    parked().thenEvents('step-timed-out', 'parked').thenState('parked').whenTime(1e9).thenEvents();
  });

  test('goes on by itself when the undoing is answered after all', () => {
    parked().whenReply('inn.cancelled.v1').thenEvents('step-succeeded', 'step-started').thenState('compensating');
  });

  test('retry begins a new budget, with new attempts under the same key', () => {
    const saga = parked().whenAct('retry').thenEvents('operator-acted', 'step-started');
    expect(saga.commands.at(-1)?.id).toBe('saga-1.room.compensate.3');
    saga.whenDue().whenDue().thenCommands('trips.room-cancelled.v1').thenState('compensating');
  });

  test.each(['skip', 'resolve'] as const)('%s goes on with the rest', (act) => {
    parked().whenAct(act).thenCommands('trips.flight-cancelled.v1').whenReply('air.cancelled.v1').thenState('failed');
  });

  test('resume goes forward again: what stands, stands, and what was refused is asked anew', () => {
    const saga = parked().whenAct('resume').thenCommands('trips.payment-asked.v1').thenState('running');
    expect(saga.commands.at(-1)?.id).toBe('saga-1.pay.forward2.1');
    saga.whenReply('bank.paid.v1').thenState('completed').whenReply('inn.cancelled.v1', {}, 'saga-1.room.compensate.1');
    saga.thenEvents().thenState('completed');
  });

  test('resume does again what was undone, under a new key', () => {
    const saga = refusedAtLast().whenReply('inn.cancelled.v1').whenDue().whenDue().whenDue().thenState('parked');
    saga.whenAct('resume').thenCommands('trips.room-asked.v1');
    expect(saga.commands.at(-1)?.id).toBe('saga-1.room.forward2.1');
    saga.whenReply('inn.booked.v1', { room: 'r2' }).whenReply('bank.refused.v1', { why: 'still none' });
    expect(saga.commands.at(-1)?.id).toBe('saga-1.room.compensate2.1');
    saga.whenReply('inn.cancelled.v1').thenCommands('trips.flight-cancelled.v1');
    expect(saga.commands.at(-1)?.id).toBe('saga-1.flight.compensate.3');
  });

  test('an undoing that is answered after the saga was resumed parks it again, and retry does that step again', () => {
    const saga = parked().whenAct('resume').whenReply('inn.cancelled.v1', {}, 'saga-1.room.compensate.1');
    saga.thenEvents('step-succeeded', 'parked').thenState('parked', '"room" was undone after the saga was resumed');
    saga.whenAct('retry').thenCommands('trips.room-asked.v1');
    expect(saga.commands.at(-1)?.id).toBe('saga-1.room.forward2.1');
  });

  test('an act that makes no sense does nothing', () => {
    rome().whenAct('retry').thenEvents();
    refusedAtLast().whenAct('skip').thenEvents();
  });
});

describe('a definition', () => {
  const broken = defineSaga<{ n: number }>({
    name: 'broken',
    version: 1,
    steps: [
      {
        name: 'one',
        command: ({ n }) => {
          if (n === 0) throw new Error('zero');
          return { type: 'x.asked.v1', data: {} };
        },
        succeeds: {
          'x.done.v1': () => {
            throw new Error('cannot read it');
          },
        },
        fails: {},
        timeoutMs: 10,
        retry: { maxAttempts: 1, backoffMs: [] },
      },
    ],
  });

  test('that throws parks its saga, which a person can retry, resolve or give up', () => {
    givenSaga(broken, { n: 0 }).thenState('parked', '"one" threw: zero').whenAct('retry').thenState('parked');
    const second = givenSaga(broken, { n: 1 })
      .whenReply('x.done.v1')
      .thenState('parked', '"one" threw: cannot read it');
    second.whenAct('retry').thenCommands('x.asked.v1');
    second.whenReply('x.done.v1').whenAct('resolve').thenState('completed');
    givenSaga(broken, { n: 0 }).whenAct('skip').thenState('failed', '"one" was given up');
  });

  test('that nobody knows parks its saga, and once it is known again retry goes on', () => {
    const { state } = rome();
    const { state: unknown, events } = decideSaga(undefined, state, { kind: 'due' }, 0);
    expect(events.map(({ name }) => name)).toEqual(['parked']);
    expect(decideSaga(undefined, unknown, { kind: 'due' }, 0).events).toEqual([]);
    const retry = { kind: 'act', act: 'retry', who: 'w', why: 'y' } as const;
    const again = decideSaga(trip, unknown, retry, 0);
    expect(again.events.map(({ name }) => name)).toEqual(['operator-acted', 'step-started', 'command']);
    expect(again.state?.status).toBe('running');
  });

  test('that cannot work is refused when it is made', () => {
    const step = { ...trip.steps[0]! };
    const make = (changes: object, ...steps: object[]) =>
      defineSaga({ ...trip, ...changes, ...(steps.length ? { steps } : {}) } as never);
    for (const wrong of [
      () => make({ version: 0 }),
      () => make({ name: 'a b' }),
      () => make({ steps: [] }),
      () => make({}, step, step),
      () => make({}, { ...step, succeeds: {} }),
      () => make({}, { ...step, timeoutMs: 0 }),
      () => make({}, { ...step, fails: step.succeeds }),
    ]) {
      expect(wrong).toThrow(InvalidSaga);
    }
  });
});

test('the id of a command tells what it is for, and ids of anything else tell nothing', () => {
  const id = { sagaId: 'o_1-2', step: 'pay', kind: 'compensation', round: 3, attempt: 12 } as const;
  expect(sagaCommandId(id)).toBe('o_1-2.pay.compensate3.12');
  expect(parseSagaCommandId(sagaCommandId(id))).toEqual(id);
  expect(parseSagaCommandId('e_0123')).toBeUndefined();
  expect(parseSagaCommandId(undefined)).toBeUndefined();
});
