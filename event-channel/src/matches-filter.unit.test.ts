import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertLogFilter, assertLogSubject, matchesFilter, streamOf } from './index.ts';

const token = fc.stringMatching(/^[A-Za-z0-9_-]{1,6}$/);
const subject = fc.array(token, { minLength: 1, maxLength: 5 });

describe('matchesFilter', () => {
  it.each([
    ['cart.order.a', 'cart.order.a', true],
    ['cart.order.a', 'cart.order.b', false],
    ['cart.*.a', 'cart.order.a', true],
    ['cart.*', 'cart.order.a', false],
    ['cart.>', 'cart.order.a', true],
    ['cart.>', 'cart', false],
    ['cart.order.>', 'cart.orders.a', false],
    ['>', 'cart', true],
    ['cart.a', 'cartxa', false],
  ])('says for "%s" and "%s": %s', (filter, candidate, expected) => {
    expect(matchesFilter(filter, candidate)).toBe(expected);
  });

  it('agrees with taking both apart token by token', () => {
    const part = fc.oneof(token, fc.constant('*'));
    const filter = fc.tuple(fc.array(part, { minLength: 1, maxLength: 4 }), fc.boolean());
    const near = filter.chain(([parts, open]) =>
      fc.record({
        filter: fc.constant(open ? [...parts, '>'] : parts),
        subject: fc.oneof(subject, fc.constant(parts.map((one) => (one === '*' ? 'x' : one)))),
      }),
    );
    fc.assert(
      fc.property(near, ({ filter: parts, subject: tokens }) => {
        expect(matchesFilter(parts.join('.'), tokens.join('.'))).toBe(matchesByToken(parts, tokens));
      }),
    );
  });
});

describe('subjects', () => {
  it('are taken when made of tokens, and lie in the whole of their stream', () => {
    fc.assert(
      fc.property(subject, (tokens) => {
        const name = ['cart', ...tokens].join('.');
        assertLogSubject(name);
        assertLogFilter(name);
        expect(streamOf(name)).toBe('cart');
        expect(matchesFilter('cart.>', name)).toBe(true);
      }),
    );
  });

  it('are refused with any other character in them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(text));
        expect(() => assertLogSubject(`cart.${text}`)).toThrow(expect.objectContaining({ code: 'invalid-subject' }));
      }),
    );
  });
});

function matchesByToken(filter: readonly string[], tokens: readonly string[]): boolean {
  const [first, ...rest] = filter;
  if (first === undefined) return tokens.length === 0;
  if (first === '>') return tokens.length > 0;
  return tokens.length > 0 && (first === '*' || first === tokens[0]) && matchesByToken(rest, tokens.slice(1));
}
