import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { countLastLine, failedFiles, runSteps, type Step } from './steps.ts';

const folder = mkdtempSync(join(tmpdir(), 'souk-steps-'));
afterAll(() => rmSync(folder, { recursive: true }));
let printed: string[] = [];
beforeEach(() => {
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const says = (text: string, code = 0) => ['node', '-e', `console.log('${text}'); process.exit(${code})`];
const fails: Step = { name: 'fails', command: says('2 passed, 1 failed', 1), count: countLastLine };
const passes: Step = { name: 'passes', command: says('3 passed, 0 failed'), count: countLastLine };
const flaky: Step = { ...fails, name: 'is flaky', again: () => says('1 passed, 0 failed') };
const broken: Step = { ...fails, name: 'is broken', again: () => says('0 passed, 1 failed', 1) };

it('all steps run even when one fails, and their counts are added up', async () => {
  expect(await runSteps([fails, passes])).toEqual({ passed: 5, failed: 1 });
  expect(printed.at(-1)).toBe('\nfailed: fails');
});

it('a step that crashes without a count is a failure', async () => {
  expect(await runSteps([{ name: 'crash', command: says('no count', 1), count: countLastLine }])).toEqual({
    passed: 0,
    failed: 1,
  });
});

it('with a second try what then passes counts as passed and is named as flaky', async () => {
  expect(await runSteps([flaky, passes], { secondTry: true })).toEqual({ passed: 6, failed: 0 });
  expect(printed.at(-1)).toBe('\nflaky, passed only when run again alone: is flaky');
});

it('what fails twice, or has no second try, stays failed', async () => {
  expect(await runSteps([broken, flaky, fails], { secondTry: true })).toEqual({ passed: 7, failed: 2 });
  expect(printed.at(-1)).toBe('\nfailed: is broken, fails');
});

it('without a second try nothing runs again', async () => {
  expect(await runSteps([flaky])).toEqual({ passed: 2, failed: 1 });
});

it('the second try of vitest runs the files that failed, and all where a crash left no report', () => {
  const report = join(folder, 'report.json');
  expect(failedFiles(report)).toEqual([]);
  const testResults = [
    { name: 'a.unit.test.ts', status: 'passed' },
    { name: 'b.int.test.ts', status: 'failed' },
  ];
  writeFileSync(report, JSON.stringify({ testResults }));
  expect(failedFiles(report)).toEqual(['b.int.test.ts']);
});
