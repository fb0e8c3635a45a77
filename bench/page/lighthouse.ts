import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromiumArgs } from '../../scripts/chromium.ts';
import type { Row } from '../row.ts';

/** Fetched when the benchmark runs: with all that it brings it is larger than the shop. Apache-2.0. */
const lighthouse = 'lighthouse@13.5.0';
const pages = { home: '/', category: '/c/tea-glasses', product: '/p/beldi-glass', cart: '/cart' };
const reach = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 };

/** Lighthouse as a phone on four pages, median of three; one row that says so when it cannot be had. */
export async function lighthouseRows(url: string, chromiumPath: string): Promise<readonly Row[]> {
  try {
    const rows: Row[] = [];
    for (const [page, path] of Object.entries(pages)) rows.push(await rowOf(page, url + path, chromiumPath));
    return rows;
  } catch (error) {
    const [line] = (error as Error).message.split('\n');
    return [row('Lighthouse, mobile', `did not run: ${line}`, false)];
  }
}

async function rowOf(page: string, url: string, chromiumPath: string): Promise<Row> {
  const scores: Record<string, number[]> = {};
  for (let round = 0; round < 3; round++)
    for (const [category, score] of Object.entries(await scoresOf(url, chromiumPath)))
      (scores[category] ??= []).push(score);
  const medians = Object.fromEntries(
    Object.entries(scores).map(([category, values]) => [category, values.toSorted((a, b) => a - b)[1] ?? 0]),
  );
  const isReached = Object.entries(reach).every(([category, least]) => (medians[category] ?? 0) >= least);
  const measured = Object.keys(reach).map((category) => medians[category] ?? '?');
  return row(`Lighthouse mobile, ${page}: performance, accessibility, practices, SEO`, measured.join(', '), isReached);
}

async function scoresOf(url: string, chromiumPath: string): Promise<Readonly<Record<string, number>>> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-lighthouse-'));
  const report = join(folder, 'report.json');
  try {
    const flags = `--chrome-flags=--headless=new ${chromiumArgs.join(' ')}`;
    const args = ['--yes', lighthouse, url, flags, '--quiet', '--output=json', `--output-path=${report}`];
    await promisify(execFile)('npx', [...args, `--only-categories=${Object.keys(reach).join(',')}`], {
      env: { ...process.env, CHROME_PATH: chromiumPath },
      timeout: 300_000,
    });
    const { categories } = JSON.parse(readFileSync(report, 'utf8')) as {
      categories: Readonly<Record<string, { score: number | null }>>;
    };
    return Object.fromEntries(
      Object.entries(categories).map(([name, { score }]) => [name, Math.round((score ?? 0) * 100)]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function row(figure: string, measured: string, reached: boolean): Row {
  return { figure, measured, baseline: '', ratio: '', reach: '≥ 95, 100, 100, 100', reached };
}
