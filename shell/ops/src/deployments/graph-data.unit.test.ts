import { expect, it } from 'vitest';
import { edgesOf } from './graph-data.ts';

it('says who sends and who takes each event, versions of one micro frontend as one', () => {
  const cart = { name: 'cart', contract: { emits: { 'cart:changed': {} }, handles: { 'cart:add-item': {} } } };
  const edges = edgesOf([
    { ...cart, version: '1.0.0' },
    { ...cart, version: '2.0.0' },
    {
      ...{ name: 'catalog', version: '1.0.0' },
      contract: { listens: { 'cart:changed': {} }, requests: { 'cart:add-item': {} }, emits: { 'catalog:seen': {} } },
    },
  ]);
  expect(edges).toEqual([
    { type: 'cart:add-item', kind: 'request', from: ['catalog'], to: ['cart'] },
    { type: 'cart:changed', kind: 'event', from: ['cart'], to: ['catalog'] },
    { type: 'catalog:seen', kind: 'event', from: ['catalog'], to: [] },
  ]);
});
