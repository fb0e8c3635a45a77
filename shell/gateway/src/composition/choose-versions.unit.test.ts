import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chooseVersions } from './choose-versions.ts';

const trial = (percent: number, version = '2.0.0') => ({ cart: { stable: '1.0.0', canary: { version, percent } } });
const percent = fc.integer({ min: 0, max: 100 });
const session = fc.string({ minLength: 22, maxLength: 22 });

it('gives a session the same versions every time', () => {
  fc.assert(
    fc.property(session, percent, (id, share) => {
      expect(chooseVersions(trial(share), id)).toEqual(chooseVersions(trial(share), id));
    }),
  );
});

it('never moves a session off the canary when its share grows', () => {
  fc.assert(
    fc.property(session, percent, percent, (id, a, b) => {
      const [small, large] = [Math.min(a, b), Math.max(a, b)];
      const before = chooseVersions(trial(small), id)['cart'];
      if (before === '2.0.0') expect(chooseVersions(trial(large), id)['cart']).toBe('2.0.0');
    }),
    { numRuns: 1000 },
  );
});

it('gives the canary its share of many sessions, within what chance allows', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99 }), fc.nat(), (share, seed) => {
      const count = 2000;
      const ids = Array.from({ length: count }, (_, n) => `session-${seed}-${n}`);
      const got = ids.filter((id) => chooseVersions(trial(share), id)['cart'] === '2.0.0').length / count;
      // Five standard deviations: chance alone goes further once in two million tries.
      expect(Math.abs(got - share / 100)).toBeLessThan(5 * Math.sqrt(((share / 100) * (1 - share / 100)) / count));
    }),
    { numRuns: 30 },
  );
});

it('gives nobody a canary of 0 percent, and everybody one of 100', () => {
  fc.assert(
    fc.property(session, (id) => {
      expect(chooseVersions(trial(0), id)).toEqual({ cart: '1.0.0' });
      expect(chooseVersions(trial(100), id)).toEqual({ cart: '2.0.0' });
    }),
  );
});

it('draws other sessions for another canary', () => {
  const ids = Array.from({ length: 400 }, (_, n) => `session-${n}`);
  const both = ids.filter((id) =>
    ['2.0.0', '2.0.1'].every((version) => chooseVersions(trial(50, version), id)['cart'] === version),
  ).length;
  expect(both).toBeGreaterThan(50);
  expect(both).toBeLessThan(150);
});

it('leaves out a micro frontend of which a session gets no version', () => {
  expect(chooseVersions({ cart: { canary: { version: '1.0.0', percent: 0 } }, chat: {} }, 'somebody')).toEqual({});
});
