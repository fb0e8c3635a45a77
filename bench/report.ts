import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg } from 'node:os';
import type { Row } from './row.ts';

const head = ['figure', 'measured', 'baseline', 'ratio', 'reach', ''];

/** The rows as a Markdown table with columns of equal width, readable in a terminal as well. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [row.figure, row.measured, row.baseline, row.ratio, row.reach, mark(row)]);
  const widths = head.map((_, column) => Math.max(3, ...[head, ...cells].map((line) => [...line[column]!].length)));
  const print = (line: readonly string[]) =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [print(head), print(widths.map((width) => '-'.repeat(width))), ...cells.map(print)].join('\n');
}

/** What a result was measured on. No host name, no path. */
export function machineLine(chromiumPath: string | undefined): string {
  const parts = [
    `${availableParallelism()} cores`,
    cpus()[0]?.model.trim() ?? 'unknown CPU',
    `Node ${process.versions.node}`,
    chromiumPath ? versionOf(chromiumPath) : 'no browser',
    // Of five minutes: figures by the clock mean little on a machine that has other work.
    `load ${loadavg()[1]!.toFixed(1)}`,
    new Date().toISOString().slice(0, 10),
  ];
  return parts.join(' · ');
}

function mark({ reach, reached }: Row): string {
  if (reach === '') return '';
  return reached ? 'reached' : 'MISSED';
}

function versionOf(chromiumPath: string): string {
  const printed = execFileSync(chromiumPath, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return /(Chromium|Chrome)[^\d]*[\d.]+/.exec(printed)?.[0] ?? 'Chromium';
}
