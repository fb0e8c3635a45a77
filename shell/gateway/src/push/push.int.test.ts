import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import type { EventChannel } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { cloudEvent, verifySession } from '@souk/service-kit';
import { cookieOf, gatewayFixture, readStream, testPassword, testSecret } from '../testing/index.ts';
import type { GatewayFixture, StreamReader } from '../testing/index.ts';

let shop: GatewayFixture;
afterEach(() => shop.close());

/** A visitor with a session, whose shopper id is known to the test. */
const visitor = async () => {
  let shopperId = '';
  shop.backends['who'] = (req, res) => {
    shopperId = verifySession(req.headers['souk-session'], testSecret).shopperId;
    res.end();
  };
  const cookie = cookieOf(await shop.fetch('/api/who/x'));
  return { cookie, audience: `shopper.${shopperId}` };
};
const open = (cookie: string, query = '', headers = {}): Promise<StreamReader> =>
  readStream(`${shop.url}/push${query}`, { cookie, 'sec-fetch-site': 'same-origin', ...headers });
const take = async (stream: StreamReader, count: number) => {
  const messages = [];
  while (messages.length < count) messages.push(await stream.next());
  return messages;
};

it('carries what is meant for this shopper, and nothing else, with the position as id', async () => {
  shop = await gatewayFixture();
  const { cookie, audience } = await visitor();
  const stream = await open(cookie);
  expect(stream.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  await shop.push('shopper.somebody-else', { n: 0 });
  await shop.push('staff', { n: 1 });
  const position = await shop.push(audience, { n: 2 });
  expect(await stream.next()).toEqual({
    id: position,
    event: 'message',
    data: { type: 'tiny:happened', detail: { n: 2 } },
  });
  stream.close();
});

it('carries what is for everybody to everybody, in order with their own, also what was missed', async () => {
  shop = await gatewayFixture();
  const [amina, karim] = [await visitor(), await visitor()];
  const live = await open(amina.cookie);
  const positions = [await shop.push('everyone', { n: 1 }), await shop.push(amina.audience, { n: 2 })];
  const late = await open(karim.cookie, '?after=0');
  positions.push(await shop.push('everyone', { n: 3 }));
  expect((await take(live, 3)).map(({ id }) => id)).toEqual(positions);
  expect((await take(late, 2)).map(({ id }) => id)).toEqual([positions[0], positions[2]]);
  for (const stream of [live, late]) stream.close();
});

it('carries what is true this moment to whom it is meant for, without an id, and gives it to nobody later', async () => {
  shop = await gatewayFixture();
  const { cookie, audience } = await visitor();
  const stream = await open(cookie);
  const position = await shop.push(audience, { n: 1 });
  expect(await stream.next()).toMatchObject({ id: position });
  const signal = (to: string, n: number) =>
    shop.channel.publish(`push-now.${to}`, { data: { type: 'tiny:typing', detail: { n } } });
  signal('shopper.somebody-else', 2);
  signal('staff', 3);
  shop.channel.publish(`push-now.${audience}`, { data: 'not a signal' });
  signal(audience, 4);
  expect(await stream.next()).toEqual({
    id: NaN,
    event: 'now',
    data: { type: 'tiny:typing', detail: { n: 4 } },
  });
  stream.close();
  const again = await open(cookie, `?after=${position}`);
  const later = await shop.push(audience, { n: 5 });
  expect(await again.next()).toMatchObject({ id: later, data: { detail: { n: 5 } } });
  again.close();
});

it('carries messages for the staff to staff, in order with their own', async () => {
  shop = await gatewayFixture();
  const body = new URLSearchParams({ name: 'Amina', password: testPassword });
  const cookie = cookieOf(await shop.fetch('/sign-in', { method: 'POST', body }));
  const first = await shop.push('staff', { n: 1 });
  const { audience } = await staffAudience(cookie);
  const positions = [first, await shop.push(audience, { n: 2 }), await shop.push('staff', { n: 3 })];
  const stream = await open(cookie, '?after=0');
  expect((await take(stream, 3)).map(({ id }) => id)).toEqual(positions);
  stream.close();
});

it('loses nothing, doubles nothing and keeps the order over any cuts and resumptions', async () => {
  shop = await gatewayFixture();
  const { cookie, audience } = await visitor();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 6 }), async (counts) => {
      const sent: number[] = [];
      const got: number[] = [];
      let after = await shop.channel.lastPosition('push');
      for (const count of counts) {
        const stream = await open(cookie, '', { 'last-event-id': String(after) });
        for (let n = 0; n < count; n++) {
          sent.push(await shop.push(audience, {}));
          await shop.push('shopper.somebody-else', {});
        }
        // Reads some of what is there, then breaks off, as a bad network does.
        const wanted = Math.min(sent.length - got.length, Math.ceil(count / 2));
        got.push(...(await take(stream, wanted)).map(({ id }) => id));
        after = got.at(-1) ?? after;
        stream.close();
      }
      const last = await open(cookie, `?after=${after}`);
      got.push(...(await take(last, sent.length - got.length)).map(({ id }) => id));
      last.close();
      expect(got).toEqual(sent);
    }),
    { numRuns: 20 },
  );
});

it('replays a long history and goes over to live messages without a gap', async () => {
  shop = await gatewayFixture();
  const { cookie, audience } = await visitor();
  const sent: number[] = [];
  for (let n = 0; n < 2_000; n++) sent.push(await shop.push(audience, { n, text: 'x'.repeat(200) }));
  const stream = await open(cookie, '?after=0');
  for (let n = 0; n < 200; n++) sent.push(await shop.push(audience, { n }));
  expect((await take(stream, sent.length)).map(({ id }) => id)).toEqual(sent);
  stream.close();
});

it('says reset when the position asked for belongs to another log, and then goes on', async () => {
  shop = await gatewayFixture();
  const { cookie, audience } = await visitor();
  const last = await shop.push(audience, { n: 1 });
  const stream = await open(cookie, '', { 'last-event-id': '999999' });
  expect(await stream.next()).toEqual({ id: last, event: 'reset', data: { epoch: await epoch() } });
  const position = await shop.push(audience, { n: 2 });
  expect(await stream.next()).toMatchObject({ id: position, data: { detail: { n: 2 } } });
  stream.close();
});

it('says reset when the position was given by another log, although this one has it too', async () => {
  shop = await gatewayFixture();
  const { cookie, audience } = await visitor();
  const first = await shop.push(audience, { n: 1 });
  const second = await shop.push(audience, { n: 2 });
  const foreign = await open(cookie, `?after=${first}&epoch=of-another-log`);
  expect(await foreign.next()).toEqual({ id: second, event: 'reset', data: { epoch: await epoch() } });
  foreign.close();

  const own = await open(cookie, `?after=${first}&epoch=${await epoch()}`);
  expect(await own.next()).toMatchObject({ id: second, event: 'message' });
  own.close();
});

it('says reset to all when the log begins a new epoch, as after a backup was put back', async () => {
  shop = await gatewayFixture();
  const { cookie } = await visitor();
  const before = await epoch();
  const stream = await open(cookie, `?epoch=${before}`);
  const began = cloudEvent({ type: 'shell.push-epoch-began.v1', source: '/test', data: {} });
  await shop.channel.append('push.epoch', [began], { expect: 'any' });
  expect(await stream.next()).toMatchObject({ event: 'reset', data: { epoch: began.id } });
  expect(await epoch()).toBe(began.id);
  expect(before).not.toBe(began.id);
  stream.close();
});

it('says reset when the log is not kept as far back as the position', async () => {
  let keptFrom = 0;
  const channel = memoryChannel();
  const read: EventChannel['read'] = (filter, options = {}) =>
    channel.read(filter, { ...options, from: Math.max(options.from ?? 1, keptFrom) });
  shop = await gatewayFixture([{ name: 'tiny' }], { channel: { ...channel, read } });
  const { cookie, audience } = await visitor();
  const [first, second, third] = [
    await shop.push(audience, {}),
    await shop.push(audience, {}),
    await shop.push(audience, {}),
  ];
  keptFrom = second;
  const late = await open(cookie, `?after=${first}`);
  expect(await late.next()).toMatchObject({ id: third, event: 'reset' });
  late.close();
  const inTime = await open(cookie, `?after=${second}`);
  expect(await inTime.next()).toMatchObject({ id: third, event: 'message' });
  inTime.close();
});

it('says reset to a reader that missed more than is worth catching up on', async () => {
  shop = await gatewayFixture([{ name: 'tiny' }], { push: { maxReplay: 2 } });
  const { cookie, audience } = await visitor();
  const first = await shop.push(audience, { n: 1 });
  for (const n of [2, 3, 4]) await shop.push(audience, { n });
  const stream = await open(cookie, `?after=${first}`);
  const messages = await take(stream, 3);
  expect(messages.map(({ event }) => event)).toEqual(['message', 'message', 'reset']);
  expect(messages[2]?.id).toBe(await shop.channel.lastPosition('push'));
  stream.close();
});

it('hears of a conversation from the moment its session joined it until it left, live and when it catches up', async () => {
  shop = await gatewayFixture();
  const { cookie, audience } = await visitor();
  const other = await visitor();
  const start = await shop.channel.lastPosition('push');
  const live = await open(cookie);
  const stranger = await open(other.cookie);
  const heard: number[] = [];

  await shop.push('conversation.c1', { n: 'before' });
  await member(audience, 'joined', 'conversation.c1');
  heard.push(await shop.push('conversation.c1', { n: 'in' }));
  await shop.push('conversation.c2', { n: 'another' });
  await member(audience, 'left', 'conversation.c1');
  await shop.push('conversation.c1', { n: 'after' });
  await member(audience, 'joined', 'customer.amina');
  heard.push(await shop.push('customer.amina', { n: 'as a customer' }));
  heard.push(await shop.push(audience, { n: 'own' }));
  const strange = await shop.push(other.audience, { n: 'theirs' });

  expect((await take(live, 3)).map(({ id }) => id)).toEqual(heard);
  expect((await stranger.next()).id).toBe(strange);
  const later = await open(cookie, `?after=${start}`);
  expect((await take(later, 3)).map(({ id }) => id)).toEqual(heard);
  heard.push(await shop.push('customer.amina', { n: 'still' }));
  expect((await later.next()).id).toBe(heard.at(-1));
  for (const stream of [live, stranger, later]) stream.close();
});

it('gives nobody an audience for asking', async () => {
  shop = await gatewayFixture();
  const { cookie, audience } = await visitor();
  const stream = await open(cookie, '?after=0&topic=staff&audiences=staff&subject=push.staff');
  await shop.push('staff', { n: 1 });
  const own = await shop.push(audience, { n: 2 });
  expect((await stream.next()).id).toBe(own);
  stream.close();
});

it('tells a page of a session that is over to stop, and gives it nothing of the next one', async () => {
  shop = await gatewayFixture();
  const { cookie } = await visitor();
  const stream = await open(cookie, '?audience=somebody-else.shopper');
  await expect(stream.next()).resolves.toMatchObject({ event: 'end' });
  await stream.ended;
});

it('finds within a beat that it was not told of something, and hands it over', async () => {
  const channel = memoryChannel();
  let isDeaf = false;
  const tail: EventChannel['tail'] = async function* (filter, from, signal) {
    for await (const recorded of channel.tail(filter, from, signal)) {
      // Woken too late: as if the word that the log has grown was lost.
      if (isDeaf && signal) await new Promise((resolve) => signal.addEventListener('abort', resolve));
      yield recorded;
    }
  };
  shop = await gatewayFixture([{ name: 'tiny' }], { channel: { ...channel, tail }, push: { beatMs: 60 } });
  const { cookie, audience } = await visitor();
  const stream = await open(cookie);
  isDeaf = true;
  const first = await shop.push(audience, { n: 1 });
  const second = await shop.push(audience, { n: 2 });
  isDeaf = false;
  expect((await take(stream, 2)).map(({ id }) => id)).toEqual([first, second]);
  stream.close();
});

it('says in each beat what it wrote before, so that a reader can tell that something is missing', async () => {
  shop = await gatewayFixture([{ name: 'tiny' }], { push: { beatMs: 30 } });
  const { cookie, audience } = await visitor();
  const start = await shop.channel.lastPosition('push');
  const stream = await open(cookie, `?after=${start}`);
  const own = await shop.push(audience, { n: 1 });
  await stream.next();
  const strange = await shop.push('shopper.somebody-else', { n: 2 });
  await vi.waitUntil(() => stream.beats.some(({ id }) => id === strange));
  let previous = start;
  for (const beat of stream.beats) {
    expect([start, own, strange]).toContain(beat.data);
    expect(beat.data).toBeGreaterThanOrEqual(previous);
    expect(beat.id).toBeGreaterThanOrEqual(beat.data as number);
    previous = beat.id;
  }
  stream.close();
});

it('cuts a reader that does not keep up, and lets it resume', async () => {
  shop = await gatewayFixture();
  const { cookie, audience } = await visitor();
  const stream = await open(cookie);
  const first = await shop.push(audience, { n: 0 });
  await stream.next();
  stream.pause();
  const cut = untilEnded(shop, 'slow');
  const text = 'x'.repeat(64 * 1024);
  // Enough to fill the buffers of the operating system first.
  for (let n = 0; n < 400 && !(await cut.happened()); n++) await shop.push(audience, { n, text });
  expect(await cut.happened()).toBe(true);
  stream.close();

  const again = await open(cookie, '', { 'last-event-id': String(first) });
  expect((await again.next()).id).toBeGreaterThan(first);
  again.close();
});

it('ends a stream after its time, so that load moves to where there is room', async () => {
  shop = await gatewayFixture([{ name: 'tiny' }], { push: { maxAgeMs: 20, beatMs: 20 } });
  const { cookie } = await visitor();
  const stream = await open(cookie);
  await stream.ended;
  // It may come back at once: there is no storm when each ends at a time of its own.
  expect(stream.retryMs).toBeLessThan(1_000);
});

it('allows one session only so many streams', async () => {
  shop = await gatewayFixture([{ name: 'tiny' }], { push: { maxPerSession: 2 } });
  const { cookie } = await visitor();
  const streams = [await open(cookie), await open(cookie), await open(cookie)];
  expect(streams.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(streams[2]?.headers['retry-after']).toBe('5');
  for (const stream of streams) stream.close();
});

it.each([
  ['a page of another site', '', { 'sec-fetch-site': 'cross-site' }, 403],
  ['a position that is no number', '?after=abc', {}, 400],
  ['a negative position', '?after=-1', {}, 400],
  ['two positions', '?after=1&after=2', {}, 400],
])('refuses %s', async (_what, query, headers, status) => {
  shop = await gatewayFixture();
  const stream = await open('', query, headers);
  expect(stream.status).toBe(status);
  stream.close();
});

it('opens no stream for a HEAD request', async () => {
  shop = await gatewayFixture();
  expect((await shop.fetch('/push', { method: 'HEAD' })).status).toBe(404);
});

it('ends every stream when the gateway closes, and tells each to come back at a time of its own', async () => {
  shop = await gatewayFixture([{ name: 'tiny' }], {
    push: { reconnectsPerSecond: 10, retryMs: 1_000, maxPerSession: 30 },
  });
  const { cookie } = await visitor();
  const streams = await Promise.all(Array.from({ length: 30 }, () => open(cookie)));
  await shop.gateway.close();
  await Promise.all(streams.map(({ ended }) => ended));
  const waits = streams.map(({ retryMs }) => retryMs).toSorted((a, b) => a - b);
  expect(waits[0]).toBeGreaterThanOrEqual(1_000);
  // In no second more than ten of the thirty, but for the one that two of them share.
  for (const begin of waits)
    expect(waits.filter((wait) => wait >= begin && wait < begin + 1_000).length).toBeLessThan(12);
});

/** Name of the log, as a page gets it. */
const epoch = async () => {
  const html = await (await shop.fetch('/tiny', { headers: { accept: 'text/html' } })).text();
  return /"epoch":"([^"]+)"/.exec(html)?.[1];
};

const member = (audience: string, change: 'joined' | 'left', to: string) => {
  const event = cloudEvent({ type: `shell.audience-${change}.v1`, source: '/tiny', data: { audience: to } });
  return shop.channel.append(`push.membership.${audience.slice('shopper.'.length)}`, [event], { expect: 'any' });
};

const staffAudience = async (cookie: string) => {
  let shopperId = '';
  shop.backends['who'] = (req, res) => {
    shopperId = verifySession(req.headers['souk-session'], testSecret).shopperId;
    res.end();
  };
  await shop.fetch('/api/who/x', { headers: { cookie } });
  return { audience: `shopper.${shopperId}` };
};

/** Whether the metrics say that a stream ended for this reason. */
const untilEnded = (fixture: GatewayFixture, reason: string) => ({
  happened: async () =>
    (await (await fixture.fetch('/metrics')).text()).includes(`souk_push_streams_ended{reason="${reason}"`),
});
