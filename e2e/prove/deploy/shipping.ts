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
  /** Page views, by all of them together, after each act of the team before it does the next thing. */
  readonly viewsPerAct: number;
  /** Whether times that are too long break a promise: not where other things run on the machine. */
  readonly isTimed: boolean;
}

/** From a changed text to every shopper and back, while shoppers look at pages. */
export async function lookAtShipping(options: ShippingOptions): Promise<void> {
  const { shop, browser, team, look, shoppers, viewsPerAct, isTimed } = options;
  const { url } = shop;
  const within = (ms: number, reachMs: number): string => {
    const told = `${inMs(ms)}, to be under ${reachMs} ms`;
    if (isTimed && ms >= reachMs) throw new Error(told);
    return told;
  };
  const before = (await newSession(url)).version;
  let version = '';
  await look('one micro frontend is built alone', async () => {
    team.change('element/src/words/en.ts', 'Your cart is empty', 'Your basket is empty');
    const tookMs = await team.build();
    version = team.version();
    if (version === before) throw new Error('the build has the version that is live');
    return within(tookMs, reach.build);
  });
  const traffic = startTraffic(browser, url, shoppers);
  /** Does something while pages are looked at, and goes on when shoppers have seen what comes of it. */
  const act = (what: string, promise: () => Promise<string>) =>
    look(what, async () => {
      const seen = await promise();
      await traffic.more(viewsPerAct);
      return seen;
    });
  try {
    await traffic.more(viewsPerAct);
    await act('souk check says before the push that it fits', async () => {
      const { tookMs, text } = await team.souk('check');
      if (!text.includes('fits everything that is live')) throw new Error(text);
      return inMs(tookMs);
    });
    await act('souk deploy --canary 10: live for the first session', async () => {
      const begun = performance.now();
      await team.souk('deploy', '--canary', '10');
      await untilLive(url, version);
      return within(performance.now() - begun, reach.live);
    });
    await act('about one session in ten gets it, the others what they had', async () => {
      const got = await Promise.all(Array.from({ length: 100 }, async () => (await newSession(url)).version));
      const count = got.filter((each) => each === version).length;
      if (count < 1 || count > 25) throw new Error(`${count} of 100 sessions`);
      return `${count} of 100 sessions`;
    });
    await act('souk promote: live for every session', async () => {
      const { cookie } = await newSession(url);
      const begun = performance.now();
      await team.souk('promote', 'cart');
      await expectVersion(url, cookie, version);
      return within(performance.now() - begun, reach.live);
    });
    await act('the changed text stands on the page', async () => {
      const page = await browser.newPage({ baseURL: url });
      await page.goto('/cart');
      await page.getByRole('heading', { name: 'Your basket is empty' }).waitFor({ timeout: 20_000 });
      await page.close();
      return 'Your basket is empty';
    });
    await act('souk rollback: the next page view has the version before', async () => {
      const { cookie } = await newSession(url);
      const begun = performance.now();
      await team.souk('rollback', 'cart', '--why', 'the old words were better');
      await expectVersion(url, cookie, before);
      return within(performance.now() - begun, reach.rollback);
    });
    await act('the same build is deployed again, for everybody', async () => {
      const begun = performance.now();
      await team.souk('deploy');
      await expectVersion(url, (await newSession(url)).cookie, version);
      return within(performance.now() - begun, reach.live);
    });
    await act('a rollback takes effect on the next page view', async () => {
      const { cookie } = await newSession(url);
      const begun = performance.now();
      const answer = await fetch(`${url}/registry/mfe/cart/rollback`, {
        method: 'POST',
        headers: { authorization: `Bearer ${team.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ reason: 'to see how long it takes' }),
      });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
      await expectVersion(url, cookie, before);
      return within(performance.now() - begun, reach.rollback);
    });
    const { text } = await team.souk('history', 'cart', '--limit', '3');
    await look('souk history names who did what, and why', async () => {
      if (!text.includes('the old words were better') && !text.includes('to see how long it takes'))
        throw new Error(text);
      return text.split('\n')[0] ?? '';
    });
  } finally {
    await traffic.stop();
  }
  await look('no page view failed all the while', async () => {
    const { views, failures, navigations, added, versions } = traffic;
    if (failures.length > 0)
      throw new Error(`${failures.length} of ${views} page views failed:\n${failures.join('\n')}`);
    if (views < viewsPerAct * 8) throw new Error(`only ${views} page views`);
    if (versions.size < 2) throw new Error('all shoppers had the same version');
    return `0 of ${views}, ${navigations} of them inside the page; ${added} pieces put into carts, each once`;
  });
}

async function expectVersion(url: string, cookie: string, version: string): Promise<void> {
  const got = await versionFor(url, cookie);
  if (got !== version) throw new Error(`the session gets ${got} instead of ${version}`);
}

const inMs = (ms: number): string => `${Math.round(ms)} ms`;
