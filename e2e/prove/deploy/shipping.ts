import type { Browser } from 'playwright-core';
import type { Shop } from '../../support/shop.ts';
import type { Look } from './look.ts';
import { newSession, untilLive, versionFor } from './sessions.ts';
import type { Team } from './team.ts';
import { startTraffic } from './traffic.ts';

/** Marks of the issue, in milliseconds. */
const reach = { build: 5_000, live: 3_000, rollback: 1_000 };

export interface ShippingOptions {
  readonly shop: Shop;
  readonly browser: Browser;
  readonly team: Team;
  readonly look: Look;
  /** Browsers that look at pages meanwhile. */
  readonly shoppers: number;
  /** Whether times that are too long break a promise: not where other things run on the machine. */
  readonly isTimed: boolean;
}

/** From a changed text to every shopper and back, while shoppers look at pages. */
export async function lookAtShipping({ shop, browser, team, look, shoppers, isTimed }: ShippingOptions): Promise<void> {
  const { url } = shop;
  const within = (ms: number, reachMs: number): string => {
    const told = `${inMs(ms)}, to be under ${reachMs} ms`;
    if (isTimed && ms >= reachMs) throw new Error(told);
    return told;
  };
  const before = (await newSession(url)).version;
  let version = '';
  await look('one micro frontend is built alone', async () => {
    for (const file of ['element/src/parts/EmptyCart.svelte', 'element/src/fragment.ts'])
      team.change(file, 'Your cart is empty', 'Your basket is empty');
    const tookMs = await team.build();
    version = team.version();
    if (version === before) throw new Error('the build has the version that is live');
    return within(tookMs, reach.build);
  });
  const traffic = startTraffic(browser, url, shoppers);
  try {
    await look('a check before the push says that it fits', async () => {
      await team.check();
      return 'it fits';
    });
    await look('from the push for 10 % to the first session that gets it', async () => {
      const begun = performance.now();
      await team.deploy(10);
      await untilLive(url, version);
      return within(performance.now() - begun, reach.live);
    });
    await look('about one session in ten gets it, the others what they had', async () => {
      const got = await Promise.all(Array.from({ length: 100 }, async () => (await newSession(url)).version));
      const count = got.filter((each) => each === version).length;
      if (count < 1 || count > 25) throw new Error(`${count} of 100 sessions`);
      return `${count} of 100 sessions`;
    });
    await look('souk promote gives it to every session', async () => {
      const { cookie } = await newSession(url);
      const tookMs = await team.souk('promote', 'cart');
      await expectVersion(url, cookie, version);
      return inMs(tookMs);
    });
    await look('the changed text stands on the page', async () => {
      const page = await browser.newPage({ baseURL: url });
      await page.goto('/cart');
      await page.getByRole('heading', { name: 'Your basket is empty' }).waitFor({ timeout: 20_000 });
      await page.close();
      return 'Your basket is empty';
    });
    await look('a rollback holds at the next page view', async () => {
      const { cookie } = await newSession(url);
      const token = team.token;
      const begun = performance.now();
      const answer = await fetch(`${url}/registry/mfe/cart/rollback`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ reason: 'to see how long it takes' }),
      });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
      await expectVersion(url, cookie, before);
      return within(performance.now() - begun, reach.rollback);
    });
    await look('souk rollback, after the same version was promoted again', async () => {
      const { cookie } = await newSession(url);
      await team.souk('promote', 'cart', version);
      await expectVersion(url, cookie, version);
      const tookMs = await team.souk('rollback', 'cart', '--why', 'the old words were better');
      await expectVersion(url, cookie, before);
      return inMs(tookMs);
    });
  } finally {
    await traffic.stop();
  }
  await look('no page view failed all the while', async () => {
    if (traffic.views < 4) throw new Error(`only ${traffic.views} page views`);
    if (traffic.failures.length > 0) throw new Error(traffic.failures.join('\n'));
    return `0 of ${traffic.views}`;
  });
}

async function expectVersion(url: string, cookie: string, version: string): Promise<void> {
  const got = await versionFor(url, cookie);
  if (got !== version) throw new Error(`the session gets ${got} instead of ${version}`);
}

const inMs = (ms: number): string => `${Math.round(ms)} ms`;
