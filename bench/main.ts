/**
 * `npm run bench -- NAME`: measures, prints a table, keeps it in `bench/results/NAME.md`, and exits 1 where a reach is
 * missed. Each benchmark is a folder with an `index.ts` that exports `run`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machineLine, table } from './report.ts';
import type { Benchmark } from './row.ts';

const benchmarks: Readonly<Record<string, () => Promise<Benchmark>>> = {
  channel: () => import('./channel/index.ts'),
  events: () => import('./events/index.ts'),
  page: () => import('./page/index.ts'),
  push: () => import('./push/index.ts'),
  query: () => import('./query/index.ts'),
  saga: () => import('./saga/index.ts'),
  search: () => import('./search/index.ts'),
  shell: () => import('./shell/index.ts'),
  wrapper: () => import('./wrapper/index.ts'),
};

const name = process.argv[2] ?? '';
const load = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
if (!load) {
  console.error(`"${name}" is no benchmark; there are: ${Object.keys(benchmarks).join(', ')}`);
  process.exit(1);
}

console.log(`bench ${name} …`);
const { run } = await load();
const rows = await run();
const machine = machineLine(process.env.CHROMIUM_PATH);
const missed = rows.filter((row) => !row.reached);
console.log(`\n${table(rows)}\n\n${machine}`);
keep();
console.log(`${rows.length} figures, ${missed.length} missed; kept in bench/results/${name}.md`);
process.exit(missed.length === 0 ? 0 : 1);

function keep(): void {
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  const text = `# bench ${name}\n\n\`npm run bench -- ${name}\`\n\n${table(rows)}\n\nMeasured on: ${machine}\n`;
  writeFileSync(join(folder, `${name}.md`), text);
}
