import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { given, untilEvent } from '@souk/service-kit/testing';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { subjects } from '@souk/shared-events/integration';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { amina, openBell, testVapid, type OpenBell } from './testing/open-bell.ts';
import { openPushService, type TestPushService } from './testing/push-service.ts';

let bell: OpenBell;
let service: TestPushService;
const here = { isPushService: ({ hostname }: URL) => hostname === '127.0.0.1', pagesFirstMs: 0 };
beforeEach(async () => {
  [bell, service] = await Promise.all([openBell(here), openPushService()]);
});
afterEach(async () => {
  await bell.close();
  await service.close();
});

const subscribe = (shopperId = amina) => bell.post('devices', service.subscription, shopperId);
const untilRemoved = (reason: string) =>
  untilEvent(bell.channel, subjects.bell(amina), ({ event: { type, data } }) => {
    return type === 'bell.device-removed.v1' && (data as { reason: string }).reason === reason;
  });

it('a confirmed order reaches a closed browser, sealed, signed, with topic, urgency and an end', async () => {
  expect((await subscribe()).status).toBe(201);
  await bell.order('o_1');
  await bell.orderEvent('o_1', 'cart.order-confirmed.v1');
  await service.untilArrived(1);
  const [{ headers, payload }] = service.arrived as [(typeof service.arrived)[0]];
  expect(payload).toMatchObject({ title: 'Your order', body: 'It is confirmed. Thank you!', path: '/orders/o_1' });
  expect(headers).toMatchObject({ ttl: '86400', urgency: 'normal', 'content-encoding': 'aes128gcm' });
  expect(headers['topic']).toMatch(/^[\w-]{32}$/);
  expect(headers.authorization).toContain(`k=${testVapid.publicKey}`);
  expect(JSON.stringify(payload)).not.toContain(amina);
});

it('the same browser is the same device, and one that its person gives up hears nothing more', async () => {
  const first = (await (await subscribe()).json()) as { deviceId: string };
  const again = await subscribe();
  expect([again.status, await again.json()]).toEqual([200, first]);
  const path = `/api/bell/devices/${first.deviceId}`;
  await bell.fetch(path, { method: 'DELETE', as: { shopperId: 's_karim' } });
  await bell.orderEvent('o_0', 'cart.order-confirmed.v1');
  await bell.order('o_1');
  await bell.orderEvent('o_1', 'cart.order-rejected.v1', { reason: 'sold-out' });
  await service.untilArrived(1);
  expect((await bell.fetch(path, { method: 'DELETE' })).status).toBe(204);
  await bell.order('o_2');
  await bell.orderEvent('o_2', 'cart.order-confirmed.v1');
  await bell.untilUnread(2);
  await bell.restart();
  expect(service.arrived).toHaveLength(1);
});

it.each([404, 410])('a subscription that the service answers %i is forgotten', async (status) => {
  await subscribe();
  service.answers.push({ status });
  await bell.order('o_1');
  await bell.orderEvent('o_1', 'cart.order-confirmed.v1');
  await service.untilArrived(1);
  await untilRemoved('gone');
});

it('a service that is busy is asked again when it says, and the message comes', async () => {
  await subscribe();
  service.answers.push(
    { status: 429, headers: { 'retry-after': '1' } },
    { status: 503, headers: { 'retry-after': '1' } },
  );
  await bell.order('o_1');
  await bell.orderEvent('o_1', 'cart.order-confirmed.v1');
  await service.untilArrived(1);
  const firstMs = performance.now();
  await service.untilArrived(3);
  // Timers may be a millisecond early.
  expect(performance.now() - firstMs).toBeGreaterThan(1950);
  expect(new Set(service.arrived.map(({ payload }) => payload.tag)).size).toBe(1);
});

it('what waits to be sent is sent after a restart', async () => {
  await subscribe();
  service.answers.push({ status: 503, headers: { 'retry-after': '1' } });
  await bell.order('o_1');
  await bell.orderEvent('o_1', 'cart.order-confirmed.v1');
  await service.untilArrived(1);
  await bell.restart();
  await service.untilArrived(2);
});

it('what a page has shown by then is not sent', async () => {
  const slow = await openBell({ ...here, pagesFirstMs: 400 });
  await slow.post('devices', service.subscription);
  await slow.order('o_1');
  await slow.orderEvent('o_1', 'cart.order-confirmed.v1');
  await slow.order('o_2');
  await slow.orderEvent('o_2', 'cart.order-confirmed.v1');
  await slow.untilUnread(2);
  await slow.post('read', { about: 'o_1' });
  await service.untilArrived(1);
  expect(service.arrived.map(({ payload }) => payload.path)).toEqual(['/orders/o_2']);
  await slow.close();
});

it('messages end with the session', async () => {
  await subscribe();
  const data = { sessionId: amina };
  await given(bell.channel, subjects.session(amina), [{ type: 'shell.session-ended.v1', data }]);
  await untilRemoved('session-ended');
  await bell.backend.ready();
  await bell.order('o_1');
  await bell.orderEvent('o_1', 'cart.order-confirmed.v1');
  await bell.untilUnread(1);
  await bell.restart();
  expect(service.arrived).toEqual([]);
});

it('only push services that we know are called, and staff get no messages', async () => {
  const strict = await openBell();
  const answer = await strict.post('devices', service.subscription);
  expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'unknown-push-service' }]);
  for (const endpoint of ['not a url', 'https://fcm.googleapis.com.evil.example/x', 'file:///etc/passwd'])
    expect((await strict.post('devices', { ...service.subscription, endpoint })).status).toBe(400);
  const json = { ...service.subscription, endpoint: 'https://fcm.googleapis.com/fcm/send/a:b' };
  const as = { shopperId: 's_staff', roles: ['shopper', 'staff'] as const };
  expect((await strict.fetch('/api/bell/devices', { method: 'POST', json, as })).status).toBe(403);
  await strict.close();
});

it('the address of a browser is in no file in the clear, and goes with its person', async () => {
  const logDir = mkdtempSync(join(tmpdir(), 'souk-bell-log-'));
  const channel = await sqliteChannel({ file: join(logDir, 'events.db') });
  const kept = await openBell({ ...here, channel });
  await kept.post('devices', service.subscription);
  await kept.order('o_1');
  await kept.orderEvent('o_1', 'cart.order-confirmed.v1');
  await service.untilArrived(1);
  const inClear = [...filesIn(logDir), ...filesIn(kept.dir)].filter((file) =>
    readFileSync(file, 'latin1').includes('/send/abc'),
  );
  expect(inClear).toEqual([]);
  const request = { type: 'shell.person-erasure-requested.v1', data: { personId: amina, by: 's_staff' } };
  await given(channel, subjects.person(amina), [request]);
  await untilEvent(channel, subjects.personOf('bell', amina), () => true);
  await kept.backend.ready();
  await kept.order('o_2');
  await kept.orderEvent('o_2', 'cart.order-confirmed.v1');
  await kept.untilUnread(1);
  expect(service.arrived).toHaveLength(1);
  await kept.close();
  await channel.close();
  rmSync(logDir, { recursive: true });
});

const filesIn = (dir: string): string[] => readdirSync(dir).map((name) => join(dir, name));

it('the service worker is a script that is always asked for anew, and may ask nothing but this shop', async () => {
  const answer = await bell.fetch('/api/bell/worker.js', { as: null });
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'no-cache',
    'content-security-policy': "default-src 'none'; connect-src 'self'",
  });
  expect(await answer.text()).not.toContain("addEventListener('fetch'");
});
