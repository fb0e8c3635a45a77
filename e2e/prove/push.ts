import { setTimeout as delay } from 'node:timers/promises';
import { startShop } from '../support/shop.ts';
import type { Shop } from '../support/shop.ts';
import { openLinks } from './cut-links.ts';
import type { Proof } from './proof.ts';
import { chance } from './chance.ts';
import { readStream } from './stream-reader.ts';
import type { PushStart, StreamReader } from './stream-reader.ts';

/** How much is done to the shop. */
interface Effort {
  readonly clients: number;
  readonly messages: number;
  readonly cuts: number;
  readonly kills: number;
}

const full: Effort = { clients: 50, messages: 10_000, cuts: 1_000, kills: 10 };
const short: Effort = { clients: 10, messages: 300, cuts: 40, kills: 1 };

interface Client {
  readonly cookie: string;
  readonly start: PushStart;
  readonly reader: StreamReader;
}

const skus = ['SPI-STA-40G', 'SPI-ROS-25G'];

/**
 * Shoppers change their carts, and each hears of it over a stream whose links are cut at random, while the shop is
 * killed and started again. In the end the log says what each should have got: nothing lost, nothing twice, in order.
 */
export const provePush: Proof = async ({ seed, short: isShort, progress }) => {
  const effort = isShort ? short : full;
  const random = chance(seed);
  const shop = await startShop();
  const links = await openLinks(Number(new URL(shop.url).port));
  const url = `http://127.0.0.1:${links.port}`;
  const clients: Client[] = [];
  let [cuts, kills, isUp, isBroken] = [0, 0, true, false];
  const received = () => clients.reduce((sum, { reader }) => sum + reader.got.length, 0);
  const isDone = () => isBroken || (received() >= effort.messages && cuts >= effort.cuts && kills >= effort.kills);

  try {
    for (let n = 0; n < effort.clients; n++) {
      const { cookie, start } = await visit(shop);
      clients.push({ cookie, start, reader: readStream(url, cookie, start, () => random() * 100) });
    }
    const working = [...clients.map(change), cutLinks(), killShop(), tell()];
    // One that fails ends the others.
    for (const work of working) work.catch(() => (isBroken = true));
    await Promise.all(working);
    progress(`${received()} messages so far; reading the log for what there was`);
    const wanted = await Promise.all(clients.map(({ cookie, start }) => everything(shop, cookie, start)));
    await settled(() => clients.every(({ reader }, n) => reader.got.length >= (wanted[n]?.length ?? 0)));
    return judge(wanted, await countedByQuery(shop, clients));

    async function change({ cookie }: Client, index: number): Promise<void> {
      for (let n = 0; !isDone(); n++) {
        const quantity = 1 + ((n + index) % 3);
        const body = JSON.stringify({ quantity });
        const init = { method: 'PUT', headers: { cookie, 'content-type': 'application/json' }, body };
        const sku = skus[index % skus.length] ?? '';
        const answer = await fetch(`${shop.url}/api/cart/lines/${sku}`, init).catch(() => undefined);
        if (answer && answer.status < 500 && answer.status >= 400 && answer.status !== 429) {
          throw new Error(`the cart refused: ${answer.status} ${await answer.text()}`);
        }
        await answer?.body?.cancel();
        if (!answer?.ok) await delay(200);
      }
    }
    async function cutLinks(): Promise<void> {
      while (!isDone()) {
        await delay(random() * 40);
        // Spread over the whole run.
        const due = Math.min(effort.cuts, (effort.cuts * (received() + 50)) / effort.messages);
        if (!isUp || links.open === 0 || cuts >= due) continue;
        links.cut(random());
        cuts++;
      }
    }
    async function killShop(): Promise<void> {
      while (!isDone()) {
        await delay(20);
        if (kills >= effort.kills || received() < (effort.messages * (kills + 1)) / (effort.kills + 1)) continue;
        isUp = false;
        await shop.kill();
        await shop.start();
        isUp = true;
        kills++;
      }
    }
    async function tell(): Promise<void> {
      for (let next = 0; !isDone(); await delay(100)) {
        if (received() < next) continue;
        progress(`${received()} messages, ${cuts} cuts, ${kills} kills`);
        next += effort.messages / 10;
      }
    }
  } finally {
    for (const { reader } of clients) await reader.close();
    await links.close();
    await shop.close();
  }

  function judge(wanted: readonly (readonly number[])[], counted: number) {
    const total = wanted.reduce((sum, ids) => sum + ids.length, 0);
    const sum = (of: (got: readonly number[], wanted: readonly number[]) => number) =>
      clients.reduce((all, { reader }, n) => all + of(reader.got, wanted[n] ?? []), 0);
    const lost = sum((got, ids) => ids.filter((id) => !got.includes(id)).length);
    const twice = sum((got) => got.length - new Set(got).size);
    const misplaced = sum((got) => got.filter((id, n) => n > 0 && id < (got[n - 1] ?? 0)).length);
    const strange = sum((got, ids) => got.filter((id) => !ids.includes(id)).length);
    const resets = clients.reduce((all, { reader }) => all + reader.resets, 0);
    const gaps = clients.reduce((all, { reader }) => all + reader.gaps, 0);
    const connections = clients.reduce((all, { reader }) => all + reader.connections, 0);
    const checks: [string, boolean][] = [
      [`${total} messages for ${clients.length} clients (at least ${effort.messages})`, total >= effort.messages],
      [`${counted} counted by the query language`, counted === total],
      [`${cuts} links cut, ${connections} connections`, cuts >= effort.cuts],
      [`${kills} times killed and started again`, kills >= effort.kills],
      [`${lost} lost`, lost === 0],
      [`${twice} twice`, twice === 0],
      [`${misplaced} out of order`, misplaced === 0],
      [`${strange} that are in nobody's log`, strange === 0],
      [`${resets} resets, ${gaps} gaps shown by beats`, resets === 0 && gaps === 0],
    ];
    const failed = checks.filter(([, kept]) => !kept).length;
    const report = checks.map(([what, kept]) => `${kept ? '✓' : '✗'} ${what}`).join('\n');
    return { passed: checks.length - failed, failed, report };
  }
};

/** A new shopper, with a page of theirs. */
async function visit(shop: Shop): Promise<{ cookie: string; start: PushStart }> {
  const answer = await fetch(`${shop.url}/cart`, { headers: { accept: 'text/html' } });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const data = /id="souk-page">(.*?)<\/script>/s.exec(await answer.text())?.[1] ?? '{}';
  return { cookie, start: (JSON.parse(data) as { push: PushStart }).push };
}

/** Every message since the page was made, over one connection that nobody cuts, up to a beat that says it is all. */
async function everything(shop: Shop, cookie: string, start: PushStart): Promise<readonly number[]> {
  const reader = readStream(shop.url, cookie, start, () => 100);
  const end = Number((await visit(shop)).start.position);
  await settled(() => reader.position >= end);
  await reader.close();
  return reader.got;
}

/** How many messages to these shoppers the log has, what is for everybody included; asked in another way. */
async function countedByQuery(shop: Shop, clients: readonly Client[]): Promise<number> {
  const body = new URLSearchParams({ name: 'Prover', password: shop.staffPassword });
  const signedIn = await fetch(`${shop.url}/sign-in`, { method: 'POST', body, redirect: 'manual' });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const pushed = `FROM events WHERE type = 'shell.browser-event.v1' AND subject`;
  // Counted by the query itself: its answers end after so many rows.
  const [[toOne = 0] = []] = await ask(`SELECT count(*) ${pushed} LIKE 'push.shopper.%'`);
  const toAll = await ask(`SELECT position ${pushed} = 'push.everyone'`);
  return toAll.reduce(
    (sum, [position = 0]) => sum + clients.filter(({ start }) => Number(start.position) < position).length,
    toOne,
  );

  async function ask(sql: string): Promise<readonly (readonly number[])[]> {
    const answer = await fetch(`${shop.url}/api/events/query`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ sql }),
    });
    const lines = (await answer.text()).split('\n').filter((line) => line.startsWith('['));
    return lines.map((line) => (JSON.parse(line) as (number | string)[]).map(Number));
  }
}

/** Waits for what must come, but not for ever: what did not come is counted as lost. */
async function settled(isSo: () => boolean): Promise<void> {
  const late = Date.now() + 60_000;
  while (!isSo() && Date.now() < late) await delay(50);
}
