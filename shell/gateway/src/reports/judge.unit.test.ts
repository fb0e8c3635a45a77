import fc from 'fast-check';
import { expect, it } from 'vitest';
import { oneSidedFisher } from './fisher.ts';
import { falseAlarm, judge, sentenceOf, sessionsAtLook } from './judge.ts';

const counts = (sessions: number, failed: number, startFailed = 0) => ({ sessions, failed, startFailed });

it('gives the chances that tables of the exact test give', () => {
  // Fisher's tea: 3 of 4 cups right, 1 of 4 wrong.
  expect(oneSidedFisher({ failed: 3, sessions: 4 }, { failed: 1, sessions: 4 })).toBeCloseTo(17 / 70, 10);
  expect(oneSidedFisher({ failed: 8, sessions: 8 }, { failed: 0, sessions: 8 })).toBeCloseTo(1 / 12_870, 12);
  expect(oneSidedFisher({ failed: 0, sessions: 100 }, { failed: 5, sessions: 100 })).toBe(1);
});

it('adds up to one over all that could have happened, also for large groups', () => {
  const [first, second, failures] = [900, 4_000, 130];
  const atLeast = (failed: number) =>
    oneSidedFisher({ failed, sessions: first }, { failed: failures - failed, sessions: second });
  let sum = 0;
  for (let failed = 0; failed <= failures; failed++)
    sum += atLeast(failed) - (failed < failures ? atLeast(failed + 1) : 0);
  expect(sum).toBeCloseTo(1, 8);
});

it('condemns a canary that never comes up at the first look', () => {
  const [finding] = judge(counts(8, 8, 8), counts(8, 0), 0);
  expect(finding).toMatchObject({ measure: 'start-up failures', canary: { failed: 8, sessions: 8 } });
  expect(sentenceOf(finding!)).toBe(
    'start-up failures in 8 of 8 sessions with the canary, in 0 of 8 with the stable version ' +
      '(chance 7.8e-5, limit 3.0e-3)',
  );
});

it('condemns nobody on too few sessions, of either version', () => {
  expect(judge(counts(7, 7, 7), counts(1000, 0), 0)).toEqual([]);
  expect(judge(counts(1000, 1000, 1000), counts(7, 0), 0)).toEqual([]);
});

it('leaves a canary alone that fails as often as the stable version, or less', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 8, max: 3000 }),
      fc.integer({ min: 8, max: 3000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (a, b, rate) => {
        const stable = counts(b, Math.ceil(b * rate));
        expect(judge(counts(a, Math.floor(a * rate)), stable, 3)).toEqual([]);
      },
    ),
  );
});

it('does not condemn for a difference that matters to nobody, however certain', () => {
  expect(judge(counts(200_000, 800), counts(200_000, 200), 20)).toEqual([]);
  expect(judge(counts(200_000, 2000), counts(200_000, 200), 20)).toHaveLength(1);
});

it('rolls back equally good canaries no more often than it promises, looked at again and again', () => {
  const random = randomOf(7);
  const lives = 2000;
  let condemned = 0;
  for (let life = 0; life < lives; life++) {
    const [canary, stable] = [{ ...counts(0, 0) }, { ...counts(0, 0) }];
    let look = 0;
    while (canary.sessions < 400) {
      for (const group of [canary, stable, stable]) {
        group.sessions++;
        if (random() < 0.1) group.failed++;
      }
      if (canary.sessions < sessionsAtLook(look)) continue;
      if (judge(canary, stable, look++).length > 0) {
        condemned++;
        break;
      }
    }
  }
  expect(condemned / lives).toBeLessThan(falseAlarm);
});

it('finds a canary that fails in a third of the sessions before forty of them have passed', () => {
  const random = randomOf(11);
  const [canary, stable] = [{ ...counts(0, 0) }, { ...counts(400, 4) }];
  let look = 0;
  let isFound = false;
  while (!isFound && canary.sessions < 200) {
    canary.sessions++;
    if (random() < 1 / 3) canary.failed++;
    if (canary.sessions >= sessionsAtLook(look)) isFound = judge(canary, stable, look++).length > 0;
  }
  expect(isFound).toBe(true);
  expect(canary.sessions).toBeLessThanOrEqual(40);
});

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
const randomOf = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};
