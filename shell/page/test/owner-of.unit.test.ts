import { expect, it } from 'vitest';
import { ownerOf } from '../src/faults.ts';

const names = ['cart', 'catalog'];
const error = (stack: string, message = 'broken') => ({ stack, message });

it('blames the first known micro frontend in the stack', () => {
  const stack =
    'Error\n at a (http://s/assets/shell/1/s.js:1:1)\n at b (http://s/assets/cart/1/mini.js:1:1)\n at c (http://s/assets/catalog/1/p.js:1:1)';
  expect(ownerOf(error(stack), '', names)).toBe('cart');
});

it('knows a script under a retry address', () => {
  expect(ownerOf(error('at b (http://s/assets/retry-2/cart/1/mini.js:1:1)'), '', names)).toBe('cart');
});

it('reads the address of a chunk that could not be fetched from the message', () => {
  const message = 'Failed to fetch dynamically imported module: http://s/assets/catalog/1/later.js';
  expect(ownerOf(error('', message), '', names)).toBe('catalog');
});

it('falls back to the file name of the event', () => {
  expect(ownerOf('broken', 'http://s/assets/cart/1/mini.js', names)).toBe('cart');
});

it.each([undefined, null, 'ResizeObserver loop completed', error('at http://s/assets/unknown/1/x.js')])(
  'blames nobody for %s',
  (reason) => expect(ownerOf(reason, '', names)).toBeUndefined(),
);
