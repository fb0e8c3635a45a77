import { beforeEach, expect, it, vi } from 'vitest';
import { CartChanged } from '../cart-changed.ts';
import { CatalogProductViewed } from '../catalog-product-viewed.ts';
import { ChatOpen } from '../chat-open.ts';
import { emit } from './emit.ts';
import { freshPage } from './fresh-page.testing.ts';
import { listen } from './listen.ts';
import { droppedEvents, retainedStates } from './registries.ts';
import { relay } from './relay.ts';
import { eventDropped } from './drop.ts';

const summary = { count: 1, totalCents: 2500, currency: 'EUR' } as const;

let reported: unknown[];
beforeEach(() => {
  ({ reported } = freshPage());
});

it('hands the detail and the event to a listener', () => {
  const listener = vi.fn();
  listen(CartChanged, listener);
  const event = new CartChanged(summary);
  emit(window, event);
  expect(listener).toHaveBeenCalledExactlyOnceWith(summary, event);
});

it('bubbles and is composed, so that it leaves every shadow root', () => {
  const event = new CartChanged(summary);
  expect([event.type, event.bubbles, event.composed, event.cancelable]).toEqual(['cart:changed', true, true, false]);
});

it('gives a late listener the last value of a state at once', () => {
  emit(window, new CartChanged(summary));
  emit(window, new CartChanged({ ...summary, count: 2 }));
  const counts: number[] = [];
  listen(CartChanged, ({ count }) => counts.push(count));
  expect(counts).toEqual([2]);
});

it('does not repeat a fact for a late listener', () => {
  emit(window, new CatalogProductViewed({ slug: 'kilim' }));
  const listener = vi.fn();
  listen(CatalogProductViewed, listener);
  expect(listener).not.toHaveBeenCalled();
});

it('stops when the signal aborts, and never begins on an aborted one', () => {
  const listener = vi.fn();
  const controller = new AbortController();
  listen(CartChanged, listener, { signal: controller.signal });
  controller.abort();
  emit(window, new CartChanged(summary));
  listen(CartChanged, listener, { signal: controller.signal });
  expect(listener).not.toHaveBeenCalled();
});

it('understands an event of another copy of the library by type and plain detail', () => {
  const listener = vi.fn();
  listen(CartChanged, listener);
  window.dispatchEvent(new CustomEvent('cart:changed', { detail: { ...summary, addedInAnotherVersion: true } }));
  expect(listener).toHaveBeenCalledOnce();
});

it('drops, counts and reports a malformed detail', () => {
  const listener = vi.fn();
  const dropped: unknown[] = [];
  window.addEventListener(eventDropped, (event) => dropped.push((event as CustomEvent).detail));
  listen(CartChanged, listener);
  for (const detail of [null, 'x', [], {}, { ...summary, count: -1 }, { ...summary, count: '1' }]) {
    window.dispatchEvent(new CustomEvent('cart:changed', { detail }));
  }
  expect(listener).not.toHaveBeenCalled();
  expect(droppedEvents().get('cart:changed')).toBe(6);
  expect(dropped).toHaveLength(6);
  expect(dropped[1]).toEqual({ type: 'cart:changed', detail: 'x' });
});

it('drops a malformed retained state as well', () => {
  retainedStates().set('cart:changed', { count: 'many' });
  const listener = vi.fn();
  listen(CartChanged, listener);
  expect(listener).not.toHaveBeenCalled();
  expect(droppedEvents().get('cart:changed')).toBe(1);
});

it('reports what a late listener throws, and goes on', () => {
  emit(window, new CartChanged(summary));
  const broken = new Error('broken');
  listen(CartChanged, () => {
    throw broken;
  });
  expect(reported).toEqual([broken]);
});

it('freezes a copy of the detail to the bottom and leaves the original alone', () => {
  const about = { kind: 'product', id: 'kilim' } as const;
  const { payload } = new ChatOpen({ about }).detail;
  expect(payload).toEqual({ about });
  expect([Object.isFrozen(payload), Object.isFrozen(payload.about)]).toEqual([true, true]);
  expect(Object.isFrozen(about)).toBe(false);
  expect(payload.about).not.toBe(about);
});

it('leaves out members that are undefined, as JSON would', () => {
  expect(Object.keys(new ChatOpen({ about: undefined }).detail.payload)).toEqual([]);
});

it('sends the event of an element that has left the document from the window', () => {
  const gone = Object.assign(new EventTarget(), { isConnected: false });
  const listener = vi.fn();
  listen(CartChanged, listener);
  emit(gone, new CartChanged(summary));
  expect(listener).toHaveBeenCalledOnce();
});

it('relays what comes from elsewhere, and retains it for the listeners of states', () => {
  relay({ type: 'cart:changed', detail: { ...summary, count: 7 } });
  relay({ type: 'catalog:product-viewed', detail: { slug: 'kilim' } });
  const state = vi.fn();
  const fact = vi.fn();
  listen(CartChanged, ({ count }) => state(count));
  listen(CatalogProductViewed, fact);
  expect(state).toHaveBeenCalledExactlyOnceWith(7);
  expect(fact).not.toHaveBeenCalled();
});
