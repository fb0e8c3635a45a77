import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './build.ts';

/** What a step ran. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** One thing that is checked, by a command of its own. */
export interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** Folder to run in. @default the root */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** How many tests the command ran. A step without it counts as one. */
  readonly count?: (output: string, report: string) => Count;
  /** The command that runs again what failed, and nothing beside it. A step without it has one try. */
  readonly again?: (report: string) => readonly string[];
}

/** Placeholder in a command or environment for the path of a report that `count` then reads. */
export const reportFile = '{report}';

/**
 * Runs the steps one after the other, all of them even when one fails, and prints what each took.
 * @param options.secondTry at the end, what failed in a step that knows how is run again, alone. What passes then counts
 * as passed and is named as flaky: see docs/decisions/0084
 * @returns the sum over all steps
 */
export async function runSteps(
  steps: readonly Step[],
  { secondTry = false }: { readonly secondTry?: boolean } = {},
): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-test-'));
  const results: Result[] = [];
  for (const [index, step] of steps.entries())
    results.push(await runStep(step, step.command, join(folder, `${index}.json`)));

  const flaky: Result[] = [];
  for (const [index, { step, count, report }] of secondTry ? results.entries() : []) {
    if (count.failed === 0 || !step.again) continue;
    const again = await runStep(step, step.again(report), join(folder, `${index}-again.json`));
    if (again.count.failed > 0) continue;
    const all = { passed: count.passed + count.failed, failed: 0 };
    flaky.push((results[index] = { step, report, count: all }));
  }

  const failed = results.filter(({ count }) => count.failed > 0);
  if (flaky.length > 0) console.log(`\nflaky, passed only when run again alone: ${namesOf(flaky)}`);
  if (failed.length > 0) console.log(`\nfailed: ${namesOf(failed)}`);
  const sum = (of: keyof Count) => results.reduce((total, { count }) => total + count[of], 0);
  return { passed: sum('passed'), failed: sum('failed') };
}

interface Result {
  readonly step: Step;
  readonly count: Count;
  readonly report: string;
}

const namesOf = (results: readonly Result[]) => results.map(({ step }) => step.name).join(', ');

async function runStep(step: Step, command: readonly string[], report: string): Promise<Result> {
  const begun = performance.now();
  console.log(`\n▸ ${step.name}`);
  const { ok, output } = await run({ ...step, command }, report);
  const count = countOf(step, ok, output, report);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const mark = count.failed > 0 ? '✗' : '✓';
  console.log(`${mark} ${step.name}: ${count.passed} passed, ${count.failed} failed (${seconds} s)`);
  return { step, count, report };
}

/** A command that fails without a failed test to show for it (a crash, nothing found) is a failure all the same. */
function countOf({ count }: Step, ok: boolean, output: string, report: string): Count {
  if (!count) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  const none = { passed: 0, failed: 0 };
  const { passed, failed } = output === '' && !existsSync(report) ? none : count(output, report);
  return { passed, failed: failed === 0 && (!ok || passed === 0) ? 1 : failed };
}

function run(step: Step, report: string): Promise<{ ok: boolean; output: string }> {
  const fill = (text: string) => text.replace(reportFile, report);
  const [command, ...args] = step.command.map(fill);
  const cwd = join(root, step.cwd ?? '.');
  const env = {
    ...process.env,
    ...Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, fill(value)])),
    PATH: [join(cwd, 'node_modules/.bin'), join(root, 'node_modules/.bin'), process.env.PATH].join(':'),
    NO_COLOR: '1',
  };
  return new Promise((resolve) => {
    const child = spawn(command!, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk;
        process.stdout.write(chunk);
      });
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/** Reads a vitest JSON report. */
export function countVitest(_output: string, report: string): Count {
  if (!existsSync(report)) return { passed: 0, failed: 0 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const broken = testResults.filter((file: { status: string; assertionResults: unknown[] }) => {
    return file.status === 'failed' && file.assertionResults.length === 0;
  });
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}

/** The files in which a vitest JSON report has a failure; all of them where there is no report. */
export function failedFiles(report: string): string[] {
  if (!existsSync(report)) return [];
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  return testResults
    .filter(({ status }: { status: string }) => status === 'failed')
    .map(({ name }: { name: string }) => name);
}

/** Reads a Playwright JSON report. A test that passed only on a second try is flaky, and flaky is failed. */
export function countPlaywright(_output: string, report: string): Count {
  if (!existsSync(report)) return { passed: 0, failed: 0 };
  const { expected, unexpected, flaky } = JSON.parse(readFileSync(report, 'utf8')).stats;
  return { passed: expected, failed: unexpected + flaky };
}

/** Reads the closing line of a web-test-runner or of one of our own commands: "12 passed, 0 failed". */
export function countLastLine(output: string): Count {
  const [, passed = '0', failed = '0'] = [...output.matchAll(/(\d+) passed, (\d+) failed/g)].at(-1) ?? [];
  return { passed: Number(passed), failed: Number(failed) };
}
