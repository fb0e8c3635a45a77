import { describe, expect, it } from 'vitest';
import type { Entry, EntryKind } from '../src/inspector/entry.ts';
import { exportTest } from '../src/inspector/export-test.ts';

let ids = 0;
const entry = (kind: EntryKind, type: string, detail: unknown, more: Partial<Entry> = {}): Entry => ({
  ...{ id: ++ids, atMs: ids, kind, type, detail, sender: 'catalog', dropped: 0, calls: [] },
  ...more,
});
const asked = (type: string, payload: unknown, more?: Partial<Entry>) =>
  entry('request', type, { requestId: 'r', payload }, more);
const bodyOf = (...entries: Entry[]) =>
  exportTest('/p/glass', entries)
    .split('\n')
    .filter((line) => line.startsWith('  '))
    .map((line) => line.trim());

describe('an exported test', () => {
  it('begins where the recording began, does what was done, and waits for the numbers that followed', () => {
    const cart = { count: 1, totalCents: 320, currency: 'EUR' };
    expect(bodyOf(asked('cart:add-item', { sku: 'a' }), entry('state', 'cart:changed', cart))).toEqual([
      `await page.goto('/p/glass');`,
      `await events.ask(page, 'cart:add-item', {"sku":"a"});`,
      `await events.waitFor('cart:changed', matching({"count":1,"totalCents":320}));`,
    ]);
  });

  it('goes where a link led to, and not twice where a request did', () => {
    const navigated = (path: string) => entry('state', 'shell:navigated', { path });
    expect(bodyOf(navigated('/cart'), asked('shell:navigate', { path: '/' }), navigated('/')).slice(1)).toEqual([
      `await page.goto('/cart');`,
      `await events.ask(page, 'shell:navigate', {"path":"/"});`,
    ]);
  });

  it('expects a refusal again, and leaves replies, replayed and dropped events out', () => {
    const outcome = { ok: false, text: 'sold-out', tookMs: 3 };
    const lines = bodyOf(
      asked('cart:add-item', { sku: "it's" }, { outcome }),
      entry('reply', 'cart:add-item:reply', {}),
      asked('cart:add-item', {}, { sender: 'replay' }),
      entry('state', 'cart:changed', { count: 'x' }, { dropped: 1 }),
    );
    expect(lines.slice(1)).toEqual([`await events.ask(page, 'cart:add-item', {"sku":"it's"}).catch(() => undefined);`]);
  });

  it('says the same only once in a row', () => {
    const changed = () => entry('push', 'cart:changed', { count: 1 });
    expect(bodyOf(changed(), changed()).slice(1)).toHaveLength(1);
  });
});
