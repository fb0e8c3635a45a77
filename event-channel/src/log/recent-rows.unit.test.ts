import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { memoryStore } from '../memory/memory-store.ts';
import type { PageQuery, Row, Store } from './store.ts';
import { withRecentRows } from './recent-rows.ts';

const subjects = ['cart.cart.a', 'cart.cart.b', 'cart.order.a'];
const commit = fc.record({
  subject: fc.constantFrom(...subjects),
  events: fc.array(fc.constantFrom('"short"', JSON.stringify('long'.repeat(5000))), { minLength: 1, maxLength: 3 }),
  expect: fc.constantFrom('any' as const, 'no-stream' as const),
  messageId: fc.nat(3000).map(String),
  stream: fc.constant('cart'),
});
const query = fc.record({
  stream: fc.constant('cart'),
  filter: fc.constantFrom('cart.>', 'cart.cart.*', 'cart.order.>', ...subjects),
  from: fc.integer({ min: 1, max: 4000 }),
  to: fc.integer({ min: 1, max: 4000 }),
  limit: fc.integer({ min: 1, max: 300 }),
});

it('answers as the store alone would, whatever is asked while it grows past what is remembered', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.array(commit, { maxLength: 600 }), query), { maxLength: 6 }), (steps) => {
      const [alone, remembered] = [memoryStore(() => 0, 1), withRecentRows(memoryStore(() => 0, 1))];
      for (const [commits, asked] of steps) {
        expect(remembered.write({ commits, progress: [] })).toEqual(alone.write({ commits, progress: [] }));
        expect(remembered.lastPosition('cart')).toBe(alone.lastPosition('cart'));
        expect(allOf(remembered, asked)).toEqual(allOf(alone, asked));
      }
    }),
    { numRuns: 50 },
  );
});

it('does not ask the store for what was just written, nor for the end of the log', () => {
  const store = memoryStore(() => 0, 1);
  const remembered = withRecentRows(store);
  const write = (messageId: string) => {
    const one = { stream: 'cart', subject: 'cart.cart.a', events: ['1'], expect: 'any' as const, messageId };
    remembered.write({ commits: [one], progress: [] });
  };
  write('first');
  store.page = store.lastPosition = () => {
    throw new Error('asked');
  };
  write('second');
  expect(remembered.lastPosition('cart')).toBe(2);
  expect(allOf(remembered, { stream: 'cart', filter: 'cart.>', from: 1, to: 2, limit: 10 })).toHaveLength(2);
});

/** Everything a query gives, page by page. */
function allOf(store: Store, query: PageQuery): Row[] {
  const rows: Row[] = [];
  for (let from = query.from; from <= query.to;) {
    const page = store.page({ ...query, from });
    rows.push(...page.rows);
    from = page.next;
  }
  return rows;
}
