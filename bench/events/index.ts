import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { chromiumArgs, findChromium } from '../../scripts/chromium.ts';
import { measureBundle } from '../../shared-events/scripts/measure-bundle.ts';
import type { Row } from '../row.ts';
import type { RoundOfEvents } from './in-page.ts';

const pages = 9;
const eventsPerRound = 40_000;
const reachRatio = 1.5;
const reachBytes = 2048;

/** Cost of the contract beside raw CustomEvents, in the same page and the same run, and its size in a bundle. */
export async function run(): Promise<readonly Row[]> {
  const { rounds, checks } = await measureInChromium(await bundle(join(import.meta.dirname, 'in-page.ts')));
  return [
    costRow('a fact to one listener, µs', rounds, 'fact'),
    costRow('a state to one listener, µs', rounds, 'state'),
    toldRow('a request and its reply, µs', `${median(rounds.map(({ request }) => request)).toFixed(2)}`),
    await sizeRow('emit, listen and one event, bytes brotli', 'emit, listen, CartChanged'),
    await sizeRow('the whole runtime and one event, bytes brotli', 'emit, listen, relay, CartChanged', true),
    ...Object.entries(checks).map(([name, holds]) => checkRow(name, holds)),
  ];
}

/** A fresh page per round, because the compiler of one page may have had a better or worse day than that of the next. */
async function measureInChromium(
  script: string,
): Promise<{ rounds: RoundOfEvents[]; checks: Readonly<Record<string, boolean>> }> {
  const browser = await chromium.launch({ executablePath: await findChromium(), args: [...chromiumArgs] });
  try {
    const rounds: RoundOfEvents[] = [];
    let checks: Readonly<Record<string, boolean>> = {};
    for (let round = 0; round < pages; round++) {
      const page = await browser.newPage();
      await page.route('http://bench.test/**', (route) => route.fulfill(fileOf(route.request().url(), script)));
      await page.goto('http://bench.test/');
      await page.waitForFunction(() => 'measureRound' in window);
      await page.evaluate((events) => window.measureRound(events), eventsPerRound / 4);
      rounds.push(await page.evaluate((events) => window.measureRound(events), eventsPerRound));
      checks = await page.evaluate(() => window.checkContract());
      await page.close();
    }
    return { rounds, checks };
  } finally {
    await browser.close();
  }
}

/** Under a CSP without `unsafe-eval`, as the shop is. */
function fileOf(url: string, script: string): { contentType: string; body: string; headers?: Record<string, string> } {
  if (url.endsWith('.js')) return { contentType: 'text/javascript', body: script };
  const body = '<!doctype html><title>bench</title><body><script type="module" src="/in-page.js"></script>';
  return {
    contentType: 'text/html',
    body,
    headers: { 'content-security-policy': "default-src 'none'; script-src 'self'" },
  };
}

async function bundle(input: string): Promise<string> {
  const options = { write: false, modulePreload: false, rollupOptions: { input } } as const;
  const output = await build({ configFile: false, logLevel: 'error', build: options });
  const first = [output].flat().flatMap((part) => ('output' in part ? part.output : []))[0];
  if (first?.type !== 'chunk') throw new Error('the bundle has no chunk');
  return first.code;
}

function costRow(figure: string, rounds: readonly RoundOfEvents[], way: 'fact' | 'state'): Row {
  const ratio = median(rounds.map((round) => round[way] / round.raw));
  return {
    figure,
    measured: median(rounds.map((round) => round[way])).toFixed(2),
    baseline: `${median(rounds.map(({ raw }) => raw)).toFixed(2)} raw CustomEvent`,
    ratio: `${ratio.toFixed(2)} ×`,
    reach: `≤ ${reachRatio} ×`,
    reached: ratio <= reachRatio,
  };
}

async function sizeRow(figure: string, names: string, withRequests = false): Promise<Row> {
  const list = withRequests ? `${names}, ask, answer, RequestFailed` : names;
  const code = `import { ${list} } from '@souk/shared-events/browser'; globalThis.use = [${list}];`;
  const { brotliBytes } = await measureBundle(code);
  const reached = brotliBytes <= reachBytes;
  return { figure, measured: String(brotliBytes), baseline: '', ratio: '', reach: `≤ ${reachBytes}`, reached };
}

function toldRow(figure: string, measured: string): Row {
  return { figure, measured, baseline: '', ratio: '', reach: '', reached: true };
}

function checkRow(figure: string, holds: boolean): Row {
  return { figure, measured: holds ? 'yes' : 'no', baseline: '', ratio: '', reach: 'yes', reached: holds };
}

function median(values: readonly number[]): number {
  const sorted = [...values].toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
