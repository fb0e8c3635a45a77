import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findRoute, matchPath } from '../src/path-pattern.ts';
import { frontend } from './fixtures/frontend.ts';

it('gives the named segments, decoded', () => {
  expect(matchPath('/p/:product', '/p/blue%20bowl')).toEqual({ product: 'blue bowl' });
  expect(matchPath('/orders/:id/lines/:line', '/orders/7/lines/2')).toEqual({ id: '7', line: '2' });
});

it.each([
  ['/p/:product', '/p'],
  ['/p/:product', '/p/'],
  ['/p/:product', '/p/bowl/more'],
  ['/cart', '/cart/'],
  ['/cart', '/Cart'],
  ['/', '/cart'],
])('does not match %s with %s', (pattern, path) => {
  expect(matchPath(pattern, path)).toBeUndefined();
});

it('takes a path with a broken escape for no route', () => {
  expect(matchPath('/p/:product', '/p/%E0%A4%A')).toBeUndefined();
});

it('gives back every value that was encoded into a path', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (value) => {
      expect(matchPath('/p/:product', `/p/${encodeURIComponent(value)}`)).toEqual({ product: value });
    }),
  );
});

it('finds the first route that matches, with its frontend', () => {
  const catalog = frontend({ name: 'catalog', routes: [{ path: '/p/:product', element: 'catalog-p', title: 'P' }] });
  const cart = frontend({ name: 'cart', routes: [{ path: '/cart', element: 'cart-page', title: 'Cart' }] });
  expect(findRoute([catalog, cart], '/cart')?.frontend).toBe(cart);
  expect(findRoute([catalog, cart], '/p/bowl')).toMatchObject({ frontend: catalog, params: { product: 'bowl' } });
  expect(findRoute([catalog, cart], '/elsewhere')).toBeUndefined();
});
