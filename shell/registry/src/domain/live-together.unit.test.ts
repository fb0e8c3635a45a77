import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deploymentIdOf, liveSets } from './live-together.ts';
import { noDeployment } from './rollout.ts';

const mfe = (name: string, stable?: string, canary?: string, percent = 10) => ({
  ...noDeployment(name),
  ...(stable !== undefined && { stable }),
  ...(canary !== undefined && { canary: { version: canary, percent } }),
});
const versionsOf = (...mfes: ReturnType<typeof mfe>[]) =>
  liveSets(Object.fromEntries(mfes.map((each) => [each.name, each]))).map(({ versions }) => versions);

it('names a set of versions by what is in it, in whatever order', () => {
  const id = deploymentIdOf({ cart: '1.0.0', chat: '2.0.0' });
  expect(id).toMatch(/^[0-9a-f]{12}$/);
  expect(deploymentIdOf({ chat: '2.0.0', cart: '1.0.0' })).toBe(id);
  expect(deploymentIdOf({ chat: '2.0.0', cart: '1.0.1' })).not.toBe(id);
});

it('tells every set that the canaries make, and leaves out what nobody gets', () => {
  expect(versionsOf(mfe('cart', '1'), mfe('chat', '1', '2'), mfe('bell'))).toEqual([
    { cart: '1', chat: '1' },
    { cart: '1', chat: '2' },
  ]);
  expect(versionsOf(mfe('chat', '1', '2', 100))).toEqual([{ chat: '2' }]);
  expect(versionsOf(mfe('chat', undefined, '2'))).toEqual([{}, { chat: '2' }]);
});

it('doubles with each canary, up to a thousand sets and no further', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 14 }), (count) => {
      const mfes = Array.from({ length: count }, (_, n) => mfe(`m${n}`, '1', '2'));
      const sets = liveSets(Object.fromEntries(mfes.map((each) => [each.name, each])));
      expect(new Set(sets.map(({ id }) => id)).size).toBe(2 ** Math.min(count, 10));
      for (const { id, versions } of sets)
        expect([Object.keys(versions).length, deploymentIdOf(versions)]).toEqual([count, id]);
    }),
    { numRuns: 15 },
  );
});
