import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { busyShopper, goods } from './replace/busy-shopper.ts';
import type { BusyShopper } from './replace/busy-shopper.ts';
import { makeNextRelease } from './replace/next-release.ts';
import { findBackends, startSplitShop } from './replace/split-shop.ts';
import type { SplitShop } from './replace/split-shop.ts';
import { readStream } from './stream-reader.ts';
import type { Proof } from './proof.ts';

const backends = findBackends();
const nextVersion = '0.2.0';

/**
 * Shoppers look, fill carts, talk and buy while every backend, two replicas of each, is replaced by another version, and then a
 * gateway is killed: no request fails, nothing is lost or there twice, push streams go on where they were.
 */
export const proveReplace: Proof = async ({ short, progress }) => {
  // The short form replaces each by the same code: another checkout takes as long to install as all the rest.
  const next = short ? undefined : await makeNextRelease(nextVersion);
  const shop = await startSplitShop();
  const [url = '', other = ''] = shop.urls;
  const shoppers: BusyShopper[] = [];
  const stop = new AbortController();
  try {
    const staff = await signIn(shop, url);
    await bringIn(url, staff);
    for (let n = 0; n < (short ? 3 : 10); n++) shoppers.push(await busyShopper(url, other, n));
    const requests = () => shoppers.reduce((sum, { counts }) => sum + counts.requests, 0);
    const working = shoppers.map(({ work }) => work(stop.signal));
    const before = await shop.list();

    for (const backend of backends) {
      await until(shoppers, (atLeast) => atLeast(4));
      const asked = requests();
      await shop.replace(backend, next ?? join(import.meta.dirname, '../..'));
      progress(`${backend} replaced; ${requests() - asked} requests meanwhile`);
    }
    await until(shoppers, (atLeast) => atLeast(4));
    const after = await shop.list();
    const pids = new Set(before.map(({ pid }) => pid));
    const replaced = after.filter(({ name, pid }) => isReplica(name) && !pids.has(pid));

    // The gateway of the streams; requests go through the other one.
    const gateway = after.findLast(({ name }) => name.startsWith('gateway'))!;
    const connections = shoppers.map(({ reader }) => reader.connections);
    process.kill(gateway.pid, 'SIGKILL');
    await settled(() => shoppers.every(({ reader }, n) => reader.connections > connections[n]!));
    await until(shoppers, (atLeast) => atLeast(4));
    stop.abort();
    await Promise.all(working);
    progress(`${requests()} requests; looking at what there is`);

    const wanted = await Promise.all(shoppers.map(({ cookie }, n) => everything(url, cookie, shoppers[n]!)));
    await settled(() => shoppers.every(({ reader }, n) => reader.got.length >= wanted[n]!.length));
    const counted = await countByQuery(url, staff);
    return judge(shoppers, wanted, counted, replaced, next === undefined ? undefined : nextVersion);
  } finally {
    stop.abort();
    for (const one of shoppers) await one.close();
    await shop.close();
    if (next !== undefined) await rm(next, { recursive: true, force: true });
  }
};

const isReplica = (name: string): boolean => backends.some((backend) => name.startsWith(`${backend} `));

/** Waits until each shopper has done a turn or more since now, so that all of it happens under load. */
const until = async (shoppers: readonly BusyShopper[], isSo: (atLeast: (n: number) => boolean) => boolean) => {
  const before = shoppers.map(({ counts }) => counts.requests);
  await settled(() => isSo((more) => shoppers.every(({ counts }, n) => counts.requests >= before[n]! + more * 2)));
};

/** Every message of a shopper since their page was made, over one connection that nobody cuts. */
const everything = async (url: string, cookie: string, { start }: BusyShopper): Promise<readonly number[]> => {
  const reader = readStream(url, cookie, start, () => 100);
  const page = await fetch(`${url}/cart`, { headers: { cookie, accept: 'text/html' } });
  const data = /id="souk-page">(.*?)<\/script>/s.exec(await page.text())?.[1] ?? '{}';
  const end = Number((JSON.parse(data) as { push: { position: string } }).push.position);
  await settled(() => reader.position >= end);
  await reader.close();
  return reader.got;
};

/** Signs in as staff. @returns the cookie */
const signIn = async (shop: SplitShop, url: string): Promise<string> => {
  const body = new URLSearchParams({ name: 'Prover', password: shop.staffPassword });
  const answer = await fetch(`${url}/sign-in`, { method: 'POST', body, redirect: 'manual' });
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
};

/** Puts goods on the shelf, and waits until every cart knows them. */
const bringIn = async (url: string, cookie: string): Promise<void> => {
  const headers = { cookie, 'content-type': 'text/csv', accept: 'application/x-ndjson' };
  const answer = await fetch(`${url}/api/catalog/imports`, { method: 'POST', headers, body: goods });
  if (!answer.ok) throw new Error(`the goods were refused: ${answer.status} ${await answer.text()}`);
  await answer.text();
};

/** What the log has, by the query language. */
const countByQuery = async (url: string, cookie: string): Promise<ReadonlyMap<string, readonly [number, number]>> => {
  const sql = `SELECT type, count(*), count(DISTINCT subject) FROM events GROUP BY type`;
  const init = {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ sql }),
  };
  const lines = (await (await fetch(`${url}/api/events/query`, init)).text())
    .split('\n')
    .filter((line) => line[0] === '[');
  return new Map(
    lines.map((line) => {
      const [type, count, subjects] = JSON.parse(line) as [string, number, number];
      return [type, [count, subjects]] as const;
    }),
  );
};

const judge = (
  shoppers: readonly BusyShopper[],
  wanted: readonly (readonly number[])[],
  counted: ReadonlyMap<string, readonly [number, number]>,
  replaced: readonly { readonly version: string }[],
  version: string | undefined,
) => {
  const sum = (of: (shopper: BusyShopper, n: number) => number) =>
    shoppers.reduce((all, shopper, n) => all + of(shopper, n), 0);
  const requests = sum(({ counts }) => counts.requests);
  const orders = sum(({ counts }) => counts.orders);
  const messages = sum(({ counts }) => counts.messages);
  const failures = shoppers.flatMap((one) => one.failures);
  const pushed = sum((_, n) => wanted[n]!.length);
  const lost = sum(({ reader }, n) => wanted[n]!.filter((id) => !reader.got.includes(id)).length);
  const twice = sum(({ reader }) => reader.got.length - new Set(reader.got).size);
  const misplaced = sum(({ reader: { got } }) => got.filter((id, n) => n > 0 && id < got[n - 1]!).length);
  const resets = sum(({ reader }) => reader.resets);
  const count = (type: string) => counted.get(type)?.[0] ?? 0;
  const posted = [...counted.keys()].find((type) => type.startsWith('chat.message-posted.'))!;
  const byShop = count('chat.message-posted.v2') >= messages;
  const current = version === undefined ? '' : ` by version ${version}`;
  const checks: [string, boolean][] = [
    [
      `${replaced.length} replicas replaced${current} under load, one gateway killed`,
      replaced.length === backends.length * 2 &&
        replaced.every((one) => version === undefined || one.version === version),
    ],
    [`${requests} requests, ${failures.length} failed`, failures.length === 0 && requests > 0],
    [
      `${orders} orders, ${count('cart.order-placed.v2')} in the log`,
      orders > 0 && count('cart.order-placed.v2') === orders,
    ],
    [`${count('cart.order-confirmed.v1')} of them confirmed, each once`, count('cart.order-confirmed.v1') === orders],
    [`${messages} messages, ${count(posted)} in the log with the shop's own`, byShop],
    [
      `${pushed} messages pushed, ${lost} lost, ${twice} twice, ${misplaced} out of order`,
      lost + twice + misplaced === 0,
    ],
    [`${resets} streams had to begin anew`, resets === 0],
  ];
  const failed = checks.filter(([, kept]) => !kept).length;
  const report = [...checks.map(([what, kept]) => `${kept ? '✓' : '✗'} ${what}`), ...failures.slice(0, 20)].join('\n');
  return { passed: checks.length - failed, failed, report };
};

/** Waits for what must come, but not for ever: what did not come is counted as lost. */
const settled = async (isSo: () => boolean): Promise<void> => {
  const late = Date.now() + 90_000;
  while (!isSo() && Date.now() < late) await delay(50);
};
