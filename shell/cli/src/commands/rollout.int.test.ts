import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeShop, type FakeShop } from '../testing/fake-shop.ts';
import { souk } from '../testing/run-souk.ts';

const staff = { STAFF_PASSWORD: 'open-sesame' };
const cart = { name: 'cart', stable: '1.0.0', canary: { version: '2.0.0', percent: 10 } };
const entries = [
  {
    ...{ position: 9, time: '2026-11-23T12:00:00.000Z', what: 'rolled-back' },
    data: { name: 'cart', from: '2.0.0', to: '1.0.0', by: 'automatic', reason: 'errors in 9 of 12 sessions' },
  },
  {
    ...{ position: 8, time: '2026-11-23T11:00:00.000Z', what: 'canary-changed' },
    data: { name: 'cart', version: '2.0.0', percent: 10, by: 'team-cart' },
  },
];

let shop: FakeShop;
beforeEach(async () => {
  shop = await fakeShop({
    answers: {
      '/registry/mfe/cart/promote': { name: 'cart', stable: '2.0.0' },
      '/registry/mfe/cart/rollback': cart,
      '/registry/history?mfe=cart&limit=20': { entries },
      '/registry/history?limit=5': { entries: [] },
    },
  });
});
afterEach(() => shop.close());

it('promotes the canary, or the version that is named', async () => {
  expect(await souk(['promote', 'cart', '--url', shop.url], staff)).toEqual({
    ...{ code: 0, stderr: '', stdout: 'cart  2.0.0 is live\n' },
  });
  await souk(['promote', 'cart', '2.0.0', '--url', shop.url], staff);
  expect(shop.bodies).toEqual([{}, { version: '2.0.0' }]);
});

it('rolls back with a reason and says where that leads', async () => {
  const ended = await souk(['rollback', 'cart', '--to', '1.0.0', '--why', 'too slow', '--url', shop.url], staff);
  expect(ended).toEqual({
    ...{ code: 0, stderr: '', stdout: 'cart  1.0.0 is live, 2.0.0 for 10 % of the sessions\n' },
  });
  expect(shop.bodies).toEqual([{ reason: 'too slow', to: '1.0.0' }]);
});

it('acts as the team whose token is in SOUK_TOKEN, without signing in', async () => {
  const { code } = await souk(['promote', 'cart', '--url', shop.url], { SOUK_TOKEN: 'souk_x' });
  expect(code).toBe(0);
  expect(shop.paths).toEqual(['/healthz', '/registry/mfe/cart/promote']);
});

it('shows what has happened, for people and as JSON', async () => {
  expect((await souk(['history', 'cart', '--url', shop.url], staff)).stdout).toBe(
    '2026-11-23T12:00:00.000Z  cart  rolled-back  2.0.0  →  1.0.0  by automatic  (errors in 9 of 12 sessions)\n' +
      '2026-11-23T11:00:00.000Z  cart  canary-changed  2.0.0  10 %  by team-cart\n',
  );
  const { stdout } = await souk(['history', '--limit', '5', '--json', '--url', shop.url], staff);
  expect(JSON.parse(stdout)).toEqual({ entries: [] });
});

it.each([
  [['promote'], 2, 'NAME is missing'],
  [['promote', '../cart'], 1, '"../cart" is no name of a micro frontend; "souk status" lists them'],
  [['history', '--limit', 'all'], 2, '--limit takes a whole number'],
  [['override', 'cart', 'nowhere'], 2, '"nowhere" is no address; use one such as http://localhost:5174'],
  [['override', 'cart', 'http://localhost:1'], 1, 'no dev server answers at http://localhost:1'],
])('says in one line what is wrong with %j', async (args, code, words) => {
  const ended = await souk([...args, '--url', shop.url], staff);
  expect([ended.code, ended.stdout]).toEqual([code, '']);
  expect(ended.stderr).toContain(words);
  expect(ended.stderr.trim().split('\n')).toHaveLength(1);
});

it('prints the link that asks for an override by what the dev server serves', async () => {
  const dev = createServer((_req, res) =>
    res.end(JSON.stringify({ name: 'cart', entries: { mini: '/element/mini.ts' } })),
  );
  dev.listen(0, '127.0.0.1');
  await once(dev, 'listening');
  const origin = `http://127.0.0.1:${(dev.address() as AddressInfo).port}`;
  try {
    const { code, stdout } = await souk(['override', 'cart', origin, '--path', '/cart', '--json', '--url', shop.url]);
    const overrides = { '@souk/mfe-cart/mini': `${origin}/element/mini.ts` };
    const url = `${shop.url}/cart#souk-override=${encodeURIComponent(JSON.stringify(overrides))}`;
    expect([code, JSON.parse(stdout)]).toEqual([0, { url, overrides }]);
    const other = await souk(['override', 'chat', origin, '--url', shop.url]);
    expect([other.code, other.stderr]).toEqual([1, `${origin} serves cart, not chat\n`]);
  } finally {
    dev.close();
  }
});
