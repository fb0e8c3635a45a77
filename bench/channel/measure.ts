import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/**
 * What a script of this folder prints as JSON, run in a process of its own: nobody's garbage, and nobody's warm caches.
 * @throws {Error} it did not end well
 */
export async function inOwnProcess<Result>(script: string, ...args: readonly string[]): Promise<Result> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${script} ended with ${code}`);
  return JSON.parse(said.trim().split('\n').at(-1) || 'null') as Result;
}

/** The middle one. */
export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** `12 300 events/s` */
export function perSecond(rate: number): string {
  const rounded = rate >= 10_000 ? Math.round(rate / 100) * 100 : Math.round(rate);
  return `${String(rounded).replaceAll(/\B(?=(\d{3})+$)/g, ' ')} events/s`;
}

/** How often a second something is done that `work` does over and over, as many times as it says. */
export async function rateOf(durationMs: number, work: (isOver: () => boolean) => number | Promise<number>) {
  const begun = performance.now();
  const done = await work(() => performance.now() - begun >= durationMs);
  return (done / (performance.now() - begun)) * 1000;
}
