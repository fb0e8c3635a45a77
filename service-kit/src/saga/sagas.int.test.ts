import { memoryChannel } from '@souk/event-channel/memory';
import type { EventChannel, Recorded } from '@souk/event-channel';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cloudEvent } from '../cloud-event.ts';
import { given, untilEvent } from '../testing/index.ts';
import type { SagasOptions } from './sagas.ts';
import { tripOf } from './testing/trip.ts';
import { hasEvent, openParticipants, openTrips } from './testing/travel.ts';
import type { Done, Travel } from './testing/travel.ts';

describe.each(['memory', 'sqlite', 'nothing-follows'] as const)('sagas over the %s channel', (adapter) => {
  let dataDir: string;
  let channel: EventChannel;
  let trips: Travel | undefined;
  let done: Done;
  let toClose: { close(): Promise<unknown> }[];

  const open = (options: Partial<SagasOptions> = {}) => (trips = openTrips(channel, dataDir, options)).sagas;
  const stop = async () => {
    await trips?.close();
    trips = undefined;
  };
  const participate = (other: Parameters<typeof openParticipants>[3] = {}) => {
    const opened = openParticipants(channel, dataDir, done, other);
    toClose.push(opened);
    return opened;
  };
  const start = (id: string) => trips!.sagas.start({ definition: 'trip', id, data: { city: 'Rome' } });
  const until = (id: string, name: string) => untilEvent(channel, `trips.saga.${id}`, hasEvent(name));
  const types = (events: readonly Recorded[]) => events.map(({ event }) => event.type.replace(/\.v1$/, ''));
  const statusOf = async (id: string) => (await trips!.sagas.get(id)).state.status;
  const refuse = async (_: unknown, { sagaId }: { sagaId: string }) => ({
    ...{ subject: `bank.trip.${sagaId}`, events: [{ type: 'bank.refused.v1', data: { why: 'no money' } }] },
  });

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'souk-sagas-'));
    channel = adapter === 'sqlite' ? sqliteChannel({ file: join(dataDir, 'channel.db') }) : memoryChannel();
    // As on NATS, where replies come by delivery alone.
    if (adapter === 'nothing-follows') delete (channel as { followUp?: unknown }).followUp;
    [done, toClose] = [[], []];
  });
  afterEach(async () => {
    await stop();
    for (const one of toClose) await one.close();
    await channel.close();
    rmSync(dataDir, { recursive: true });
  });

  test('a saga runs to its end, one commit per reply, and each event tells of its cause', async () => {
    open();
    participate();
    const cause = {
      correlationid: 'c-1',
      causationid: 'q-1',
      traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
    };
    const began = await trips!.sagas.start({ definition: 'trip', id: 't1', data: { city: 'Rome' }, cause });
    expect(began.begun).toBe(true);
    const events = await until('t1', 'ended');
    expect(types(events)).toEqual([
      'trips.saga-started',
      'trips.saga-step-started',
      'trips.flight-asked',
      'trips.saga-step-succeeded',
      'trips.saga-step-started',
      'trips.room-asked',
      'trips.saga-step-succeeded',
      'trips.saga-step-started',
      'trips.payment-asked',
      'trips.saga-step-succeeded',
      'trips.saga-ended',
    ]);
    expect(new Set(events.map(({ event }) => event.correlationid))).toEqual(new Set(['c-1']));
    expect(events.every(({ event }) => event.traceparent === cause.traceparent)).toBe(true);
    const [reply] = await untilEvent(channel, 'air.>', () => true);
    expect(reply?.event).toMatchObject({ causationid: 't1.flight.forward.1', correlationid: 'c-1', source: '/air' });
    expect(events[3]?.event.causationid).toBe(reply?.event.id);
    expect(done).toEqual(['t1.flight.forward', 't1.room.forward', 't1.pay.forward']);
    const { state } = await trips!.sagas.get('t1');
    expect(state).toMatchObject({ status: 'completed', data: { flight: 'flight of t1', room: 'room of t1' } });
    await trips!.sagas.projection.waitFor(events.at(-1)!.position);
    expect(trips!.sagas.counts()).toMatchObject({ completed: 1, running: 0 });
    expect(trips!.sagas.list({}).sagas).toMatchObject([
      { id: 't1', state: 'completed', definition: 'trip', version: 1 },
    ]);
  });

  test.runIf(adapter !== 'nothing-follows')(
    'a reply is written with what follows from it, before any delivery',
    async () => {
      const deaf: EventChannel = {
        ...channel,
        consume: (options, handler) =>
          channel.consume(options, (delivery) =>
            options.durable.startsWith('trips-sagas') ? delivery.ack() : handler(delivery),
          ),
      };
      open({ channel: deaf });
      participate();
      await start('t1');
      await until('t1', 'ended');
      expect(await statusOf('t1')).toBe('completed');
    },
  );

  test('a refusal undoes what was done, in reverse', async () => {
    open();
    participate({ 'trips.payment-asked.v1': refuse });
    await start('t1');
    await until('t1', 'ended');
    expect(done).toEqual(['t1.flight.forward', 't1.room.forward', 't1.room.compensate', 't1.flight.compensate']);
    expect((await trips!.sagas.get('t1')).state).toMatchObject({ status: 'failed', reason: 'no money' });
  });

  test('the same id begins one saga, at once, later, and after a restart', async () => {
    open();
    const [one, two] = await Promise.all([start('t1'), start('t1')]);
    expect([one.begun, two.begun]).toEqual([true, false]);
    await stop();
    open();
    expect((await start('t1')).begun).toBe(false);
    participate();
    const events = await until('t1', 'ended');
    expect(types(events).filter((type) => type === 'trips.saga-started')).toHaveLength(1);
  });

  test('a hundred at one time end each with its own', async () => {
    open();
    participate();
    const ids = Array.from({ length: 100 }, (_, index) => `t${index}`);
    await Promise.all(ids.map((id) => start(id)));
    await Promise.all(ids.map((id) => until(id, 'ended')));
    for (const id of ids) expect((await trips!.sagas.get(id)).state.data).toMatchObject({ flight: `flight of ${id}` });
    expect(done).toHaveLength(300);
    expect(new Set(done).size).toBe(300);
  });

  test('a reply that comes before the saga knows of its own commit waits for it', async () => {
    const { append, consume } = channel;
    const delivered = Promise.withResolvers<void>();
    let overtaken = false;
    const late: EventChannel = {
      ...channel,
      consume: (options, handler) =>
        consume(options, (delivery) => {
          delivered.resolve();
          return handler(delivery);
        }),
      // The reply is in the log, and delivered, while the runner has no word yet of its own append.
      append: async (subject, events, options) => {
        const result = await append(subject, events, options);
        if (overtaken) return result;
        overtaken = true;
        const reply = cloudEvent({ type: 'air.booked.v1', source: '/air', data: { flight: 'f1' } });
        await given(channel, 'air.trip.t1', [{ ...reply, causationid: 't1.flight.forward.1' }]);
        await delivered.promise;
        return result;
      },
    };
    open({ channel: late });
    await start('t1');
    const events = await untilEvent(channel, 'trips.saga.t1', ({ event }) => event.type === 'trips.room-asked.v1');
    expect(types(events)).toContain('trips.saga-step-succeeded');
  });

  test('replies doubled, late, and to a saga that is over change nothing', async () => {
    open();
    participate();
    await start('t1');
    const events = await until('t1', 'ended');
    const again = (type: string, causationid: string) => ({
      ...cloudEvent({ type, source: '/air', data: { flight: 'other' } }),
      causationid,
    });
    await given(channel, 'air.trip.t1', [again('air.booked.v1', 't1.flight.forward.1')]);
    await given(channel, 'air.trip.t1', [again('air.cancelled.v1', 't1.flight.compensate.1')]);
    await given(channel, 'air.trip.t1', [again('air.booked.v1', 'nobody.flight.forward.1')]);
    await given(channel, 'air.trip.t1', [again('air.booked.v1', 'e_1')]);
    await vi.waitFor(async () => expect(trips!.sagas.reactors[0] && (await trips!.sagas.status()).caughtUp).toBe(true));
    const last = await channel.lastPosition('air');
    await vi.waitFor(async () => expect((await trips!.sagas.reactors[0]!.status()).streams[0]?.position).toBe(last));
    expect(await channel.lastPosition('trips')).toBe(events.at(-1)?.position);
  });

  test('what is due after a restart is done after the restart', async () => {
    open({ definitions: [tripOf(1, 30)] });
    await start('t1');
    await stop();
    open({ definitions: [tripOf(1, 30)] });
    const events = await untilEvent(channel, 'trips.saga.t1', ({ event }) => event.id === 't1.flight.forward.2');
    expect(types(events)).toContain('trips.saga-step-timed-out');
    participate();
    await until('t1', 'ended');
    expect(done[0]).toBe('t1.flight.forward');
  });

  test('another attempt at what was answered gets the same answer, and the effect took place once', async () => {
    open({ definitions: [tripOf(1, 1000)] });
    participate();
    await start('t1');
    await until('t1', 'ended');
    const asked = await untilEvent(channel, 'trips.>', ({ event }) => event.id === 't1.flight.forward.1');
    const { event } = asked.at(-1)!;
    await given(channel, 'trips.saga.t1', [{ ...event, id: 't1.flight.forward.2' }]);
    const answers = await untilEvent(channel, 'air.>', (one) => one.event.causationid === 't1.flight.forward.2');
    expect(answers.at(-1)?.event.data).toEqual({ flight: 'flight of t1' });
    expect(done.filter((key) => key === 't1.flight.forward')).toHaveLength(1);
  });

  test('a participant that dies between its answer and the note of it answers once', async () => {
    open();
    let deaths = 0;
    participate({
      'trips.flight-asked.v1': async (_command, { sagaId }) => ({
        subject: `air.trip.${sagaId}`,
        events: [{ type: 'air.booked.v1', data: { flight: 'f1' } }],
        commit() {
          if (deaths++ === 0) throw new Error('died');
        },
      }),
    });
    await start('t1');
    await until('t1', 'ended');
    await vi.waitFor(() => expect(deaths).toBe(2));
    const answers: Recorded[] = [];
    for await (const recorded of channel.read('air.>')) answers.push(recorded);
    expect(answers).toHaveLength(1);
  });

  describe('a saga whose undoing keeps failing', () => {
    const park = async () => {
      const dead = { 'trips.payment-asked.v1': refuse, 'trips.room-cancelled.v1': null };
      open({ definitions: [tripOf(1, 60)] });
      participate(dead);
      await start('t1');
      const events = await until('t1', 'parked');
      await trips!.sagas.projection.waitFor(events.at(-1)!.position);
    };

    test('parks, is counted, and health says that somebody should look', async () => {
      await park();
      expect(trips!.sagas.counts()).toMatchObject({ parked: 1, compensating: 0 });
      expect(await trips!.sagas.status()).toMatchObject({ sagas: { parked: 1 } });
      expect((await trips!.sagas.status()).sagas?.oldestPendingSeconds).toBeGreaterThan(0);
    });

    test('takes an act of an operator once, at the revision that was seen', async () => {
      await park();
      const { revision, acts } = await trips!.sagas.get('t1');
      expect(acts).toEqual(['retry', 'skip', 'resolve', 'resume']);
      const act = { act: 'resolve', who: 'p_1', why: 'phoned them', evidence: 'mail of today', revision } as const;
      await trips!.sagas.act('t1', act);
      await expect(trips!.sagas.act('t1', act)).rejects.toMatchObject({ code: 'saga-moved-on' });
      const events = await until('t1', 'ended');
      const acted = events.find(hasEvent('operator-acted'));
      expect(acted?.event.data).toEqual({ act: 'resolve', who: 'p_1', why: 'phoned them', evidence: 'mail of today' });
      await expect(trips!.sagas.act('t1', { ...act, revision: undefined })).rejects.toMatchObject({
        code: 'act-not-possible',
      });
      await expect(trips!.sagas.act('t2', act)).rejects.toMatchObject({ code: 'not-found' });
    });
  });

  test('an old saga ends on its own version while new ones run on the next', async () => {
    open({ definitions: [tripOf(1)] });
    await start('t1');
    await stop();
    open({ definitions: [tripOf(2), tripOf(1)] });
    await start('t2');
    participate();
    await Promise.all([until('t1', 'ended'), until('t2', 'ended')]);
    expect((await trips!.sagas.get('t1')).state.version).toBe(1);
    expect((await trips!.sagas.get('t2')).state.version).toBe(2);
  });

  test('a saga of a version that nobody knows parks, and goes on when it is known again', async () => {
    open({ definitions: [tripOf(1)] });
    await start('t1');
    await stop();
    open({ definitions: [tripOf(2)] });
    await until('t1', 'parked');
    expect(await statusOf('t1')).toBe('parked');
    await stop();
    participate();
    open({ definitions: [tripOf(2), tripOf(1)] });
    await until('t1', 'ended');
    expect(await statusOf('t1')).toBe('completed');
  });

  test('the read model is the same when it is built anew', async () => {
    open({ definitions: [tripOf(1, 60)] });
    participate({ 'trips.payment-asked.v1': refuse, 'trips.room-cancelled.v1': null });
    await start('t1');
    const events = await until('t1', 'parked');
    await trips!.sagas.projection.waitFor(events.at(-1)!.position);
    const before = trips!.db.all('SELECT * FROM souk_saga');
    trips!.db.exec(`DELETE FROM souk_saga; DELETE FROM souk_checkpoint WHERE name = 'sagas'`);
    await stop();
    open({ definitions: [tripOf(1, 60)] });
    await trips!.sagas.projection.ready();
    expect(trips!.db.all('SELECT * FROM souk_saga')).toEqual(before);
  });

  test('onChange tells of each commit, with the state before and after', async () => {
    const seen: string[] = [];
    open({ onChange: ({ before, state }) => seen.push(`${before?.status} to ${state.status}`) });
    participate();
    await start('t1');
    await until('t1', 'ended');
    await vi.waitFor(() => expect(seen).toHaveLength(4));
    expect(seen).toEqual(['undefined to running', 'running to running', 'running to running', 'running to completed']);
  });
});
