import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { KnownReplica } from '@souk/service-kit';
import { rankReplicas } from './rank-replicas.ts';

const replica = (id: string, isSilent = false): KnownReplica => ({
  ...{ id, address: 'http://127.0.0.1:1', version: '1', isSilent },
});
const ids = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 8 });

it('asks the same replica for the same somebody, in whatever order they are known', () => {
  fc.assert(
    fc.property(ids, fc.string(), (names, key) => {
      const replicas = names.map((name) => replica(name));
      expect(rankReplicas(replicas.toReversed(), key)).toEqual(rankReplicas(replicas, key));
    }),
  );
});

it('moves nobody but those whom a replica served when it goes', () => {
  fc.assert(
    fc.property(ids, fc.string(), (names, key) => {
      const [best, ...rest] = rankReplicas(
        names.map((name) => replica(name)),
        key,
      );
      for (const gone of rest) {
        const left = names.filter((name) => name !== gone.id).map((name) => replica(name));
        expect(rankReplicas(left, key)[0]).toEqual(best);
      }
    }),
  );
});

it('spreads those who ask over all', () => {
  const replicas = ['a', 'b', 'c'].map((name) => replica(name));
  const served = Map.groupBy(
    Array.from({ length: 3000 }, (_, n) => rankReplicas(replicas, `shopper-${n}`)[0]!.id),
    (id) => id,
  );
  for (const { length } of served.values()) expect(length).toBeGreaterThan(850);
});

it('asks those it has not heard of lately only after the others', () => {
  const replicas = [replica('a', true), replica('b'), replica('c', true)];
  for (let n = 0; n < 50; n++) expect(rankReplicas(replicas, `shopper-${n}`)[0]!.id).toBe('b');
});
