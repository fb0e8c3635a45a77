import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { verifySession } from '@souk/service-kit';
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
  expect(await stream.next()).toEqual({ id: last, event: 'reset', data: {} });
  const position = await shop.push(audience, { n: 2 });
  expect(await stream.next()).toMatchObject({ id: position, data: { detail: { n: 2 } } });
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
  shop = await gatewayFixture([{ name: 'tiny' }], { push: { maxAgeMs: 20 } });
  const { cookie } = await visitor();
  await (
    await open(cookie)
  ).ended;
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

it('ends every stream when the gateway closes', async () => {
  shop = await gatewayFixture();
  const { cookie } = await visitor();
  const stream = await open(cookie);
  await shop.gateway.close();
  await stream.ended;
});

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
