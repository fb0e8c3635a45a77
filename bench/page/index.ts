/**
 * `npm run bench -- page`: what a shopper waits for, in a real Chromium with an empty cache, on a fast and on a slow line;
 * and how many home pages the gateway writes. The marks are those of the Tractor Store 2.0 shops measured on such a machine.
 */
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { startShop } from '../../e2e/support/shop.ts';
import { buildChanged } from '../../scripts/build.ts';
import { chromiumArgs, findChromium } from '../../scripts/chromium.ts';
import type { Row } from '../row.ts';
import { addAtOnce, addOnce } from './add.ts';
import { entryBytes } from './bundles.ts';
import { lighthouseRows } from './lighthouse.ts';
import { measureThroughput } from './throughput.ts';
import { newPerson } from './visit.ts';
import type { Profile, Visit } from './visit.ts';

const rounds = 11;
const earlyClicks = 20;
const product = '/p/beldi-glass';
const kib = 1024;

/** The best that was seen of the Tractor Store 2.0, in milliseconds on slow 4G: of several shops, each at what it is best at. */
const best = { homeLcp: 1076, homeFcp: 564, productLcp: 696, productFcp: 552 };

/** The figures; several minutes. */
export async function run(): Promise<readonly Row[]> {
  await buildChanged();
  const executablePath = await findChromium();
  const browser = await chromium.launch({ executablePath, args: [...chromiumArgs] });
  const shop = await startShop();
  const rows: Row[] = [];
  try {
    // For the compilers of both sides.
    await look(browser, shop.url, 'local', 2);
    for (const profile of ['local', 'slow4g'] as const) {
      rows.push(...viewRows('home', profile, await look(browser, shop.url, profile)));
      rows.push(...viewRows('product', profile, await look(browser, shop.url + product, profile)));
    }
    rows.push(bellRow());
    rows.push(...(await addRows(browser, shop.url + product)));
    rows.push(...(await lighthouseRows(shop.url, executablePath)));
  } finally {
    await browser.close();
    await shop.close();
  }
  return [...rows, ...(await measureThroughput())];
}

interface Views {
  readonly first: readonly Visit[];
  readonly again: readonly Visit[];
}

async function look(browser: Browser, url: string, profile: Profile, times = rounds): Promise<Views> {
  const views = { first: [] as Visit[], again: [] as Visit[] };
  for (let round = 0; round < times; round++) {
    const person = await newPerson(browser, profile);
    views.first.push(await person.visit(url));
    if (profile === 'local') views.again.push(await person.visit(url));
    await person.close();
  }
  return views;
}

function viewRows(page: 'home' | 'product', profile: Profile, { first, again }: Views): readonly Row[] {
  const of = (pick: (visit: Visit) => number) => median(first.map(pick));
  const [fcp, lcp, cls] = [of(({ fcpMs }) => fcpMs), of(({ lcpMs }) => lcpMs), of((visit) => visit.cls)];
  const where = `${page}, ${profile === 'local' ? 'not throttled' : 'slow 4G, CPU ÷ 4'}`;
  const marks = page === 'home' ? [best.homeFcp, best.homeLcp] : [best.productFcp, best.productLcp];
  const time = (name: string, ms: number, mark: number): Row =>
    profile === 'local' ? told(`${where}: ${name}, ms`, ms.toFixed(0)) : against(`${where}: ${name}, ms`, ms, mark);
  const times = [time('FCP', fcp, marks[0]!), time('LCP', lcp, marks[1]!)];
  const steady = [
    limited(`${where}: CLS`, cls, 0, (value) => value.toFixed(3)),
    told(`${where}: long tasks`, of(({ longTasks }) => longTasks).toFixed(0)),
  ];
  if (profile === 'slow4g') return [...times, ...steady];
  const bytes = of((visit) => visit.bytes);
  const bytesAgain = median(again.map((visit) => visit.bytes));
  const kilobytes = (value: number) => `${(value / kib).toFixed(1)} KiB`;
  return [
    told(`${where}: requests`, of(({ requests }) => requests).toFixed(0)),
    limited(
      `${where}: JavaScript before interaction`,
      of(({ jsBytes }) => jsBytes),
      30_000,
      (value) => `${(value / 1000).toFixed(1)} KB`,
    ),
    page === 'home'
      ? limited(`${where}: bytes in all`, bytes, 130 * kib, kilobytes)
      : told(`${where}: bytes in all`, kilobytes(bytes)),
    page === 'home'
      ? limited(`${where}: bytes of a repeat view`, bytesAgain, 3 * kib, kilobytes)
      : told(`${where}: bytes of a repeat view`, kilobytes(bytesAgain)),
    ...times,
    ...steady,
  ];
}

/** It stands on every page, and most of the time it has nothing to say. */
function bellRow(): Row {
  const kilobytes = (value: number) => `${(value / kib).toFixed(2)} KiB`;
  return limited('the bell in the header, before intent', entryBytes('bell', 'button'), 3 * kib, kilobytes);
}

async function addRows(browser: Browser, url: string): Promise<readonly Row[]> {
  const added = [];
  for (let round = 0; round < rounds; round++) added.push(await addOnce(browser, url));
  let worked = 0;
  for (let round = 0; round < earlyClicks; round++) if (await addAtOnce(browser, url)) worked++;
  const jsBytes = median(added.map((each) => each.jsBytes));
  return [
    limited('JavaScript to the first "added to cart"', jsBytes, 50_000, (value) => `${(value / 1000).toFixed(1)} KB`),
    limited('click on add → mini cart counts up, ms', median(added.map(({ countedMs }) => countedMs)), 50, (value) =>
      value.toFixed(1),
    ),
    told('click on add → answered, ms', median(added.map(({ answeredMs }) => answeredMs)).toFixed(1)),
    {
      figure: 'add to cart clicked at once on slow 4G works',
      ...{ measured: `${worked} of ${earlyClicks}`, baseline: 'preact 0 of 5, blueprint 5 of 5, of an earlier run' },
      ...{ ratio: '', reach: `${earlyClicks} of ${earlyClicks}`, reached: worked === earlyClicks },
    },
  ];
}

function limited(figure: string, value: number, most: number, show: (value: number) => string): Row {
  return { figure, measured: show(value), baseline: '', ratio: '', reach: `≤ ${show(most)}`, reached: value <= most };
}

function against(figure: string, ms: number, mark: number): Row {
  const ratio = `${(ms / mark).toFixed(2)} ×`;
  const baseline = `${mark}, best Tractor Store of an earlier run`;
  return { figure, measured: ms.toFixed(0), baseline, ratio, reach: '< 1 ×', reached: ms < mark };
}

function told(figure: string, measured: string): Row {
  return { figure, measured, baseline: '', ratio: '', reach: '', reached: true };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
