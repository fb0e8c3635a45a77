import { afterEach, expect, it } from 'vitest';
import { cookieOf, gatewayFixture, testPassword, writeTinyMfe } from '../testing/index.ts';
import type { GatewayFixture } from '../testing/index.ts';

let shop: GatewayFixture;
afterEach(() => shop.close());

const by = 'team-tiny';
const deployment = '0123456789ab';
const json = { 'content-type': 'application/json' };

const withCanary = async () => {
  shop = await gatewayFixture([{ name: 'tiny', version: '1.0.0' }]);
  await shop.registry.change('tiny', { kind: 'promote', version: '1.0.0', by });
  await shop.registry.publish(writeTinyMfe(shop.dir, { name: 'tiny', version: '2.0.0' }));
  await shop.registry.change('tiny', { kind: 'roll-back', to: '1.0.0', by, reason: 'for the test' });
  await shop.registry.change('tiny', { kind: 'canary', version: '2.0.0', percent: 50, by });
};

const newSession = async () => cookieOf(await shop.fetch('/tiny', { headers: { accept: 'text/html' } }));
const tell = (cookie: string, mfes: readonly object[]) =>
  shop.fetch('/registry/reports', {
    method: 'POST',
    headers: { ...json, cookie },
    body: JSON.stringify({ deployment, mfes }),
  });
const signIn = async () => {
  const body = new URLSearchParams({ name: 'Karim', password: testPassword });
  return cookieOf(await shop.fetch('/sign-in', { method: 'POST', body }));
};
const health = async (cookie: string) => {
  const answer = await shop.fetch('/registry/reports', { headers: { cookie } });
  return (await answer.json()) as { versions: Record<string, unknown>[] };
};
const stableVersion = { name: 'tiny', version: '1.0.0' };
const canaryVersion = { name: 'tiny', version: '2.0.0' };

it('counts what pages tell for each live version, once for each session', async () => {
  await withCanary();
  const first = await newSession();
  await tell(first, [{ ...stableVersion, loadedMs: 120, events: 3 }]);
  await tell(first, [{ ...stableVersion, failed: 'handler', events: 1 }]);
  await tell(await newSession(), [
    { ...canaryVersion, loadedMs: 80 },
    { ...canaryVersion, failed: 'mount' },
  ]);

  expect((await health(await signIn())).versions).toEqual([
    {
      ...{ ...stableVersion, role: 'stable', sessions: 1, failed: 1, startFailed: 0, failures: { handler: 1 } },
      ...{ loadedMs: { p50: 120, p95: 120 }, eventsPerSession: 4 },
    },
    {
      ...{ ...canaryVersion, role: 'canary', sessions: 1, failed: 1, startFailed: 1, failures: { mount: 1 } },
      ...{ loadedMs: { p50: 80, p95: 80 }, eventsPerSession: 0 },
    },
  ]);
  const metrics = await (await shop.fetch('/metrics')).text();
  expect(metrics).toContain('souk_mfe_sessions_failed{mfe="tiny",version="2.0.0",role="canary",backend="gateway"} 1');
});

it('rolls back a canary that does not come up, says so with numbers, and tells the staff', async () => {
  await withCanary();
  for (let n = 0; n < 8; n++) await tell(await newSession(), [{ ...stableVersion, loadedMs: 100 }]);
  const before = await shop.channel.lastPosition('push');
  for (let n = 0; n < 8; n++) await tell(await newSession(), [{ ...canaryVersion, failed: 'load' }]);

  for await (const { event } of shop.channel.tail('push.staff', before + 1)) {
    expect(event.data).toMatchObject({
      type: 'shell:deployment-alarm',
      detail: { kind: 'rolled-back', ...canaryVersion },
    });
    break;
  }
  expect(shop.registry.deployments()['tiny']).toMatchObject({ stable: '1.0.0' });
  expect(shop.registry.deployments()['tiny']?.canary).toBeUndefined();
  const acts: unknown[] = [];
  for await (const { event } of shop.channel.read('shell.mfe.tiny')) acts.push(event.data);
  expect(acts.at(-1)).toEqual({
    ...{ name: 'tiny', from: '2.0.0', to: '1.0.0', by: 'automatic' },
    reason: expect.stringContaining('start-up failures in 8 of 8 sessions with the canary, in 0 of 8') as string,
  });
});

it('leaves a canary alone that does as well as the stable version', async () => {
  await withCanary();
  for (let n = 0; n < 10; n++) {
    const failed = n === 0 ? { failed: 'handler' } : {};
    await tell(await newSession(), [{ ...stableVersion, ...failed }]);
    await tell(await newSession(), [{ ...canaryVersion, ...failed }]);
  }
  expect(shop.registry.deployments()['tiny']?.canary).toEqual({ version: '2.0.0', percent: 50 });
});

it('lets one session count once, however often it tells', async () => {
  await withCanary();
  for (let n = 0; n < 8; n++) await tell(await newSession(), [stableVersion]);
  const loud = await newSession();
  for (let n = 0; n < 20; n++) await tell(loud, [{ ...canaryVersion, failed: 'load' }]);
  expect(shop.registry.deployments()['tiny']?.canary?.version).toBe('2.0.0');
});

it('passes over versions that are not live, and who has no session', async () => {
  await withCanary();
  expect((await tell(await newSession(), [{ name: 'tiny', version: '9.9.9', failed: 'load' }])).status).toBe(204);
  expect((await tell('', [{ ...canaryVersion, failed: 'load' }])).status).toBe(204);
  const { versions } = await health(await signIn());
  expect(versions.map(({ sessions }) => sessions)).toEqual([0, 0]);
});

it('refuses a session that tells too much', async () => {
  await withCanary();
  const cookie = await newSession();
  const statuses: number[] = [];
  for (let n = 0; n < 40; n++) statuses.push((await tell(cookie, [stableVersion])).status);
  expect(statuses.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 204));
  expect(statuses.at(-1)).toBe(429);
});

it.each([
  ['no JSON', '{'],
  ['nothing', ''],
  ['no object', 'null'],
  ['an id that is none', { deployment: 'x', mfes: [] }],
  ['no list', { deployment, mfes: {} }],
  ['a name that is none', { deployment, mfes: [{ name: '../cart', version: '1.0.0' }] }],
  ['a version that is none', { deployment, mfes: [{ name: 'tiny', version: '<script>' }] }],
  ['an impossible time', { deployment, mfes: [{ ...stableVersion, loadedMs: -1 }] }],
  ['an unknown failure', { deployment, mfes: [{ ...stableVersion, failed: 'a secret of somebody' }] }],
  ['more than a page has', { deployment, mfes: Array.from({ length: 65 }, () => stableVersion) }],
])('refuses a report that is %s', async (_case, body) => {
  await withCanary();
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = { ...json, cookie: await newSession() };
  const answer = await shop.fetch('/registry/reports', { method: 'POST', headers, body: text });
  expect([answer.status, (await answer.json()) as unknown]).toMatchObject([400, { code: 'not-a-report' }]);
});

it('refuses what is too large, what comes from another site, and lets only staff look', async () => {
  await withCanary();
  const cookie = await newSession();
  const large = await shop.fetch('/registry/reports', {
    ...{ method: 'POST', headers: { ...json, cookie }, body: ' '.repeat(9000) },
  });
  expect(large.status).toBe(413);
  const foreign = await shop.fetch('/registry/reports', {
    ...{ method: 'POST', headers: { ...json, cookie, 'sec-fetch-site': 'cross-site' }, body: '{}' },
  });
  expect(foreign.status).toBe(403);
  expect((await shop.fetch('/registry/reports', { headers: { cookie } })).status).toBe(403);
});
