import { join } from 'node:path';
import { gatewayFixture } from '@souk/shell-gateway/testing';
import type { GatewayFixture } from '@souk/shell-gateway/testing';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { buildChanged } from '../../scripts/build.ts';
import { chromiumArgs, findChromium } from '../../scripts/chromium.ts';
import type { Row } from '../row.ts';
import { deployRows } from './deploy.ts';
import { growthRows } from './growth.ts';
import type { TimesBySize } from './growth.ts';

const sizes = [3, 10, 30, 100] as const;
const rounds = 24;

/** What one visit took. */
interface Visit {
  /** From the beginning of the navigation until the element of the page is up. */
  readonly startMs: number;
  /** From a click on a link until the element of the other page is up. */
  readonly navigationMs: number;
  /** Size of the document as it came over the wire. */
  readonly bytes: number;
}

/** A shop of the real gateway and the real page; all micro frontends but two have nothing to do on the pages looked at. */
export async function run(): Promise<readonly Row[]> {
  await buildChanged();
  const browser = await chromium.launch({ executablePath: await findChromium(), args: [...chromiumArgs] });
  const shops = new Map<number, GatewayFixture>();
  const visits = new Map<number, Visit[]>(sizes.map((size) => [size, []]));
  try {
    for (const size of sizes) shops.set(size, await openShop(size));
    // In turns, so that what else the machine does meets all sizes alike; the first rounds are for the compilers.
    for (let round = -2; round < rounds; round++) {
      for (const size of sizes) {
        const page = await browser.newPage({ baseURL: shops.get(size)!.url });
        const visit = await measure(page);
        if (round >= 0) visits.get(size)!.push(visit);
        await page.close();
      }
    }
  } finally {
    await browser.close();
    for (const shop of shops.values()) await shop.close();
  }
  const deploying = await deployRows();
  const of = (size: number, pick: (visit: Visit) => number) => fastest(visits.get(size)!.map(pick));
  return [
    ...sizes.map((size) =>
      told(
        `page start with ${size}, ms`,
        of(size, ({ startMs }) => startMs),
      ),
    ),
    ...sizes.map((size) =>
      told(
        `navigation with ${size}, ms`,
        of(size, ({ navigationMs }) => navigationMs),
      ),
    ),
    ...sizes.map((size) =>
      told(
        `document with ${size}, bytes brotli`,
        of(size, ({ bytes }) => bytes),
        0,
      ),
    ),
    ...growthRows(
      'page start',
      timesOf(visits, ({ startMs }) => startMs),
    ),
    ...growthRows(
      'navigation',
      timesOf(visits, ({ navigationMs }) => navigationMs),
    ),
    ...deploying,
  ];
}

const timesOf = (visits: ReadonlyMap<number, readonly Visit[]>, pick: (visit: Visit) => number): TimesBySize =>
  new Map([...visits].map(([size, all]) => [size, all.map(pick)]));

function openShop(size: number): Promise<GatewayFixture> {
  const active = ['one', 'two'].map((name) => ({ name, pagesOnly: true, source: sourceOf(name) }));
  const idle = Array.from({ length: size - active.length }, (_, index) => ({ name: `idle${index}`, pagesOnly: true }));
  return gatewayFixture([...active, ...idle], { pageDir: join(import.meta.dirname, '../../shell/page/dist') });
}

const sourceOf = (name: string): string => `customElements.define('${name}-page', class extends HTMLElement {
  connectedCallback() { performance.mark('up ${name}'); this.innerText = '${name}'; }
});`;

/** The page with nothing in its caches, then one step inside it. */
async function measure(page: Page): Promise<Visit> {
  await page.goto('/one');
  await page.waitForFunction(() => performance.getEntriesByName('up one').length > 0);
  return page.evaluate(async () => {
    const [document_] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const startMs = performance.getEntriesByName('up one')[0]!.startTime;
    const link = Object.assign(document.createElement('a'), { href: '/two' });
    document.body.append(link);
    const begun = performance.now();
    const up = new Promise<number>((resolve) => {
      new PerformanceObserver((list) => {
        const [mark] = list.getEntriesByName('up two');
        if (mark) resolve(mark.startTime);
      }).observe({ type: 'mark', buffered: true });
    });
    link.click();
    return { startMs, navigationMs: (await up) - begun, bytes: document_!.encodedBodySize };
  });
}

const told = (figure: string, value: number, digits = 1): Row => ({
  ...{
    figure: `${figure}, fastest of ${rounds}`,
    measured: value.toFixed(digits),
    baseline: '',
    ratio: '',
    reach: '',
    reached: true,
  },
});

/** Whatever else the machine does only adds to a time. */
function fastest(values: readonly number[]): number {
  return Math.min(...values);
}
