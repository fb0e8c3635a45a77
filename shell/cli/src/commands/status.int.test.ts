import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeShop, type FakeShop } from '../testing/fake-shop.ts';
import { souk } from '../testing/run-souk.ts';

const channel = { adapter: 'sqlite', durability: 'power-loss', replicas: 1 };
const answers: Readonly<Record<string, unknown>> = {
  '/readyz': {
    ...{ channel, backends: ['cart', 'chat'], backendsMissing: ['catalog'] },
    frontends: { cart: '0.1.0-1a2b3c4d', chat: '0.1.0-5e6f7a8b', ops: '0.1.0-9c0d1e2f' },
    canaries: { chat: { version: '0.2.0-7a8b9c0d', percent: 10 } },
  },
  '/api/cart/readyz': { status: 'ready' },
  '/api/catalog/readyz': { status: 503, detail: 'the catalog service is not available at the moment' },
  '/api/chat/readyz': {
    status: 'degraded',
    checks: { disk: { status: 'failed', detail: 'is full' } },
    followers: [
      { name: 'chat-inbox', caughtUp: true, failing: 'no such table' },
      { name: 'chat-push', caughtUp: true },
    ],
  },
};

let shop: FakeShop;
beforeEach(async () => {
  shop = await fakeShop({ answers });
});
afterEach(() => shop.close());

it('a shop of which a part is not ready fails, with what that part says', async () => {
  expect(await souk(['status', '--url', shop.url])).toEqual({
    code: 1,
    stderr: '',
    stdout: `shop      ${shop.url} is degraded
channel   sqlite, survives power-loss, replicas: 1
backend   cart     ready
backend   catalog  not-ready: the catalog service is not available at the moment
backend   chat     degraded: disk is full; chat-inbox no such table
frontend  cart     0.1.0-1a2b3c4d
frontend  chat     0.1.0-5e6f7a8b, and 0.2.0-7a8b9c0d for 10 % of the sessions
frontend  ops      0.1.0-9c0d1e2f
`,
  });
});

it('what answers under the address and is no shop is told in one line', async () => {
  await shop.close();
  shop = await fakeShop({ answers: { '/healthz': 'Apache' } });
  expect(await souk(['status', '--url', shop.url])).toEqual({
    code: 1,
    stdout: '',
    stderr: `${shop.url} answers, but it is no souk; give the address of the shop with --url\n`,
  });
});
