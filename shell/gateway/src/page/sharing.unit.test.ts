import { expect, it } from 'vitest';
import { sharing } from './sharing.ts';

it('gives nobody an answer that was begun before the question, and runs once for all who ask meanwhile', async () => {
  const runs: PromiseWithResolvers<number>[] = [];
  const ask = sharing(() => {
    const run = Promise.withResolvers<number>();
    runs.push(run);
    return run.promise;
  });
  const first = ask();
  await Promise.resolve();
  expect(runs).toHaveLength(1);
  const later = [ask(), ask(), ask()];
  runs[0]!.resolve(1);
  expect(await first).toBe(1);
  await Promise.resolve();
  expect(runs).toHaveLength(2);
  runs[1]!.resolve(2);
  expect(await Promise.all(later)).toEqual([2, 2, 2]);
});

it('goes on after a run that failed', async () => {
  let count = 0;
  const ask = sharing(async () => {
    if (++count === 1) throw new Error('the first one');
    return count;
  });
  await expect(ask()).rejects.toThrow('the first one');
  expect(await ask()).toBe(2);
});
