import type { EventChannel, Recorded } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { natsChannel } from '@souk/event-channel/nats';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { natsForTests, startNats } from '../../../scripts/nats.ts';
import type { Nats } from '../../../scripts/nats.ts';
import { createApp } from '../app.ts';
import { toBackend } from '../backend.ts';
import { reactor } from '../reactor.ts';
import type { ReactorOptions } from '../reactor.ts';
import { openDatabase } from '../sqlite.ts';
import { TEST_SECRET, given, serve, testLog, untilEvent } from '../testing/index.ts';

const natsServer = await natsForTests();
let nats: Nats | undefined;
afterAll(() => nats?.stop());

const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'souk-dead-'));
  folders.push(made);
  return made;
};
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  for (const made of folders.splice(0)) rmSync(made, { recursive: true });
});

const quiet = { onHandlerError: () => undefined };
const channels: Record<string, (dir: string) => Promise<EventChannel>> = {
  memory: async () => memoryChannel(quiet),
  sqlite: async (dir) => sqliteChannel({ file: join(dir, 'events.db'), ...quiet }),
  ...(natsServer && {
    async nats() {
      await nats?.stop();
      nats = await startNats({ server: natsServer, dir: folder() });
      return natsChannel({ servers: nats.servers, ...quiet });
    },
  }),
};

/** A backend whose reactor fails on the data "dead" until it is healed. */
const open = async (
  channel: EventChannel,
  dir: string,
  options: Partial<ReactorOptions> & { readonly healed?: boolean } = {},
) => {
  let { healed = false } = options;
  const db = openDatabase({ file: join(dir, 'jobs.db'), migrations: [] });
  const doer = reactor({
    ...{ name: 'jobs-doer', channel, db, stream: 'jobs', maxDeliver: 2, backoffMs: [1], ...options },
    async handle({ event, position }) {
      if (event.data === 'dead' && !healed) throw new Error('poison');
      if (event.type === 'jobs.asked.v1') await given(channel, 'told.all', [{ type: 'told.done.v1', data: position }]);
    },
  });
  const base = { name: 'jobs', log: testLog, channel };
  const app = createApp({ ...base, version: '1.0.0', sessionSecret: TEST_SECRET, followers: [doer] });
  const backend = await toBackend(app, { name: 'jobs', reactors: [doer], opened: [db] });
  const server = await serve(backend, TEST_SECRET, { shopperId: 's_staff', roles: ['staff'] });
  const close = async () => {
    await server.close();
    await backend.close();
  };
  closing.push(close);
  return {
    ...{ server, close, heal: () => (healed = true) },
    get: async (path = '') => (await server.fetch(`/api/jobs/dead-letters${path}`)).json() as Promise<unknown>,
    act: (path: string, json: unknown = {}) => server.fetch(`/api/jobs/dead-letters${path}`, { method: 'POST', json }),
  };
};
const ask = async (channel: EventChannel, data: string, subject = 'jobs.job.a') =>
  (await given(channel, subject, [{ type: 'jobs.asked.v1', data }])).position;
const upkeep = (channel: EventChannel, type: string, count = 1) => {
  let left = count;
  return untilEvent(
    channel,
    'jobs.upkeep.>',
    ({ event }) => event.type === `jobs.dead-letter-${type}.v1` && --left === 0,
  );
};
const done = (channel: EventChannel, position: number) =>
  untilEvent(channel, 'told.>', ({ event }) => event.data === position);
const short = (recorded: Awaited<ReturnType<typeof upkeep>>) =>
  recorded.map(({ event }) => /dead-letter-(\w+)\./.exec(event.type)?.[1]);

describe.each(Object.keys(channels))('dead letters of a backend over %s', (adapter) => {
  const begin = async (options?: Partial<ReactorOptions>) => {
    const dir = folder();
    const channel = (await channels[adapter]?.(dir)) as EventChannel;
    closing.push(() => channel.close());
    return { dir, channel, ...(await open(channel, dir, options)) };
  };

  test('are parked with an event, listed with the reason, and shown as they stand in the log', async () => {
    const { channel, get, server } = await begin();
    const position = await ask(channel, 'dead');
    const [parked] = await upkeep(channel, 'parked');
    const facts = { reactor: 'jobs-doer', stream: 'jobs', subject: 'jobs.job.a', position };
    const why = { reason: expect.stringContaining('poison'), deliveryCount: 2, parkedAt: expect.any(String) };
    expect(parked?.event.data).toEqual({ ...facts, ...why, eventId: expect.any(String), eventType: 'jobs.asked.v1' });
    expect(await get()).toEqual({ deadLetters: [{ ...facts, ...why, type: 'jobs.asked.v1' }] });
    const { event } = (await get(`/jobs-doer/${position}`)) as { event: { id: string } };
    expect(event).toMatchObject({ type: 'jobs.asked.v1', data: 'dead', id: parked?.event.causationid });
    const ready = await server.fetch('/api/jobs/readyz');
    expect(await ready.json()).toMatchObject({ status: 'degraded', followers: [{ deadLetters: 1 }] });
  });

  test('are replayed with an event that says who and why, and the subject goes on', async () => {
    const { channel, get, act, heal } = await begin();
    const position = await ask(channel, 'dead');
    const behind = await ask(channel, 'fine');
    await upkeep(channel, 'parked');
    heal();
    const answer = await act(`/jobs-doer/${position}/replay`, { note: 'mended' });
    expect(answer.status).toBe(200);
    await done(channel, behind);
    expect(await get()).toEqual({ deadLetters: [] });
    const [, replayed] = await upkeep(channel, 'replayed');
    expect(replayed?.event.data).toMatchObject({ position, by: 's_staff', note: 'mended' });
    expect(await answer.json()).toEqual({ position: replayed?.position });
  });

  test('that fail again are parked again, with an event for each time', async () => {
    const { channel, act, server } = await begin();
    const position = await ask(channel, 'dead');
    await upkeep(channel, 'parked');
    await act(`/jobs-doer/${position}/replay`);
    await upkeep(channel, 'parked', 2);
    await server.fetch('/api/jobs/dead-letters');
    await act(`/jobs-doer/${position}/dismiss`, { note: 'hopeless' });
    expect(short(await upkeep(channel, 'dismissed'))).toEqual(['parked', 'replayed', 'parked', 'dismissed']);
  });

  test('are dismissed with a note, which is needed, and then they are no more', async () => {
    const { channel, get, act } = await begin();
    const position = await ask(channel, 'dead');
    const behind = await ask(channel, 'fine');
    await upkeep(channel, 'parked');
    expect((await act(`/jobs-doer/${position}/dismiss`)).status).toBe(400);
    expect((await act(`/jobs-doer/${position}/dismiss`, { note: 'a test order' })).status).toBe(200);
    await done(channel, behind);
    expect(await get()).toEqual({ deadLetters: [] });
    expect((await act(`/jobs-doer/${position}/dismiss`, { note: 'again' })).status).toBe(404);
    expect((await act(`/jobs-doer/${position}/replay`)).status).toBe(404);
    const [, dismissed, ...more] = await upkeep(channel, 'dismissed');
    expect(dismissed?.event.data).toMatchObject({ position, by: 's_staff', note: 'a test order' });
    expect(more).toEqual([]);
  });

  test('stop a reactor that keeps the order of the stream, until one is dismissed', async () => {
    const { channel, get, act } = await begin({ order: 'stream' });
    const position = await ask(channel, 'dead');
    const behind = await ask(channel, 'fine', 'jobs.job.b');
    await upkeep(channel, 'parked');
    expect(await get()).toMatchObject({ deadLetters: [{ position }] });
    await act(`/jobs-doer/${position}/dismiss`, { note: 'the queue waits' });
    await done(channel, behind);
  });

  test('are noted once, also over a restart', async () => {
    const { channel, dir, close } = await begin();
    const first = await ask(channel, 'dead');
    await upkeep(channel, 'parked');
    await close();
    const again = await open(channel, dir);
    expect(await again.get()).toMatchObject({ deadLetters: [{ subject: 'jobs.job.a' }] });
    const second = await ask(channel, 'dead', 'jobs.job.b');
    const noted = await upkeep(channel, 'parked', 2);
    expect(noted.map(({ event }) => (event.data as { position: number }).position)).toEqual([first, second]);
  });

  test.each(['replayed', 'dismissed'] as const)(
    'that a process noted as %s before it died are so after the start, and are not parked a second time',
    async (act) => {
      const { channel, dir, close } = await begin();
      const position = await ask(channel, 'dead');
      const [parked] = await upkeep(channel, 'parked');
      await close();
      const {
        reason: _why,
        deliveryCount: _count,
        parkedAt: _since,
        ...facts
      } = parked!.event.data as { [key: string]: unknown };
      const data = { ...facts, by: 's_staff', note: 'mended' };
      await given(channel, 'jobs.upkeep.dead-letters', [{ type: `jobs.dead-letter-${act}.v1`, data }]);
      const { get } = await open(channel, dir, { healed: true });
      await done(channel, await ask(channel, 'behind it'));
      if (act === 'replayed') await done(channel, position);
      expect(await get()).toEqual({ deadLetters: [] });
      expect(short(await collected(channel))).toEqual(['parked', act]);
    },
  );

  test('about dead letters are listed, and make no more events', async () => {
    const { channel, act, get } = await begin({ filter: 'jobs.>' });
    const position = await ask(channel, 'dead');
    await upkeep(channel, 'parked');
    const own = await ask(channel, 'dead', 'jobs.upkeep.something');
    for (;;) {
      const { deadLetters } = (await get()) as { deadLetters: unknown[] };
      if (deadLetters.length === 2) break;
    }
    await act(`/jobs-doer/${own}/dismiss`, { note: 'of our own' });
    await act(`/jobs-doer/${position}/dismiss`, { note: 'done' });
    expect(short(await upkeep(channel, 'dismissed', 2)).filter(Boolean)).toEqual(['parked', 'dismissed', 'dismissed']);
  });

  test('are for the staff', async () => {
    const { channel, server } = await begin();
    const position = await ask(channel, 'dead');
    const as = { roles: ['shopper' as const] };
    for (const [path, method] of [
      ['', 'GET'],
      [`/jobs-doer/${position}`, 'GET'],
      [`/jobs-doer/${position}/replay`, 'POST'],
      [`/jobs-doer/${position}/dismiss`, 'POST'],
    ] as const) {
      const init = method === 'POST' ? { method, json: { note: 'x' } } : {};
      expect((await server.fetch(`/api/jobs/dead-letters${path}`, { as, ...init })).status).toBe(403);
    }
    expect((await server.fetch('/api/jobs/dead-letters/nobody/1')).status).toBe(404);
    expect((await server.fetch('/api/jobs/dead-letters/jobs-doer/x')).status).toBe(400);
  });
});

async function collected(channel: EventChannel): Promise<Recorded[]> {
  const all: Recorded[] = [];
  for await (const recorded of channel.read('jobs.upkeep.>')) all.push(recorded);
  return all;
}
