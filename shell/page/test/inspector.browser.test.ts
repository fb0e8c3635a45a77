import { expect } from '@open-wc/testing';
import {
  answer,
  ask,
  CartAddItem,
  CartChanged,
  CatalogProductViewed,
  emit,
  listen,
  relay,
  retainedStates,
} from '@souk/shared-events/browser';
import { createInspector } from '../src/inspector/inspector.ts';

const { dispatchEvent } = EventTarget.prototype;
const { fetch } = window;
const cart = { count: 2, totalCents: 640, currency: 'EUR' } as const;
const cartFrontend = {
  ...{ name: 'cart', version: '0.1.0-test', owner: 'team-cart', importance: 'essential' as const },
  ...{ elements: {}, routes: [], slots: [], handles: { 'cart:add-item': 'mini' }, listens: ['cart:changed'] },
};
const inspector = createInspector({ frontends: [cartFrontend], isStaff: false });
const aside = () => document.querySelector('aside.souk-inspector');
const inside = <Found extends HTMLElement>(selector: string) => aside()!.shadowRoot!.querySelector<Found>(selector)!;
const rows = () => [...aside()!.shadowRoot!.querySelectorAll<HTMLElement>('.events > li:not([hidden])')];
const rowOf = (type: string) => rows().find((row) => row.querySelector('.type')!.textContent === type)!;
const button = (name: string) =>
  [...aside()!.shadowRoot!.querySelectorAll('button')].find(({ textContent }) => textContent === name)!;

let box: HTMLElement;
let ended: AbortController;

beforeEach(() => {
  retainedStates().clear();
  ended = new AbortController();
  box = document.createElement('div');
  Object.assign(box.dataset, { mfe: 'cart', version: '0.1.0-test', element: 'cart-mini', state: 'up' });
  document.body.append(box);
  inspector.toggle();
});

afterEach(() => {
  if (aside()) inspector.toggle();
  ended.abort();
  box.remove();
});

describe('the inspector', () => {
  it('frames each place with its owner, is accessible, and leaves nothing behind', async () => {
    expect(inside('.frames').textContent).to.equal('cart · team-cart · 0.1.0-test · <cart-mini> · up');
    button('Boundaries').click();
    expect(inside('.frames').textContent).to.equal('');
    emit(box, new CartChanged(cart));
    rowOf('cart:changed').querySelector('button')!.click();
    await expect(aside() as HTMLElement).to.be.accessible();
    inspector.toggle();
    expect(aside()).to.equal(null);
    expect(EventTarget.prototype.dispatchEvent).to.equal(dispatchEvent);
    expect(window.fetch).to.equal(fetch);
  });

  it('tells kind, sender and detail of what passes, what came by push, and what was retained before', () => {
    emit(box, new CartChanged(cart));
    relay({ type: 'cart:order-changed', detail: {} });
    expect(rowOf('cart:changed').textContent).to.contain('state');
    expect(rowOf('cart:changed').querySelector('.way')!.textContent).to.equal('cart → cart');
    expect(rowOf('cart:order-changed').textContent).to.contain('push');
    rowOf('cart:changed').querySelector('button')!.click();
    expect(rowOf('cart:changed').querySelector('pre')!.textContent).to.contain('"totalCents": 640');
    inspector.toggle();
    inspector.toggle();
    expect(rowOf('cart:changed').textContent).to.contain('retained');
  });

  it('shows that a receiver dropped a malformed one', () => {
    listen(CartChanged, () => {}, { signal: ended.signal });
    relay({ type: 'cart:changed', detail: { count: 'two' } });
    const row = rowOf('cart:changed');
    expect(row.textContent).to.contain('dropped');
    row.querySelector('button')!.click();
    expect(row.textContent).to.contain('1 receiver dropped it');
    expect(rows()).to.have.length(1);
  });

  it('joins a request with its answer, and with what it led to', async () => {
    const refused = Object.assign(new Error('sold out'), { code: 'not-enough' });
    answer(CartAddItem, ({ quantity }) => (quantity > 5 ? Promise.reject(refused) : cart), { signal: ended.signal });
    await ask(box, new CartAddItem({ sku: 'a', quantity: 1 }));
    await ask(box, new CartAddItem({ sku: 'a', quantity: 9 })).catch(() => {});
    const asked = rows().filter((row) => row.querySelector('.type')!.textContent === 'cart:add-item');
    for (const row of asked) row.querySelector('button')!.click();
    expect(asked[0]!.textContent).to.match(/refused after \d+ ms: not-enough: sold out/);
    expect(asked[1]!.textContent).to.match(/done after \d+ ms: {"count":2/);
  });

  it('pauses, filters, clears, and goes from row to row by arrow keys', () => {
    emit(box, new CartChanged(cart));
    emit(box, new CatalogProductViewed({ slug: 'glass' }));
    button('Pause').click();
    emit(box, new CatalogProductViewed({ slug: 'other' }));
    expect(rows()).to.have.length(2);
    const first = rows()[0]!.querySelector('button')!;
    first.focus();
    first.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, composed: true }));
    expect(aside()!.shadowRoot!.activeElement).to.equal(rows()[1]!.querySelector('button'));
    inside<HTMLInputElement>('input').value = 'state';
    inside('input').dispatchEvent(new Event('input'));
    expect(rows().map((row) => row.dataset['kind'])).to.deep.equal(['state']);
    button('Clear').click();
    inside<HTMLInputElement>('input').value = '';
    inside('input').dispatchEvent(new Event('input'));
    expect(rows()).to.have.length(0);
  });

  it('records, and sends the causes again, not what followed from them', async () => {
    const seen: number[] = [];
    answer(CartAddItem, ({ quantity }) => (seen.push(quantity), cart), { signal: ended.signal });
    emit(box, new CatalogProductViewed({ slug: 'before' }));
    button('Record').click();
    await ask(box, new CartAddItem({ sku: 'a', quantity: 3 }));
    emit(box, new CartChanged(cart));
    button('Record').click();
    emit(box, new CatalogProductViewed({ slug: 'after' }));
    expect(inside('.status').textContent).to.equal('Recorded 3 events.');
    button('Replay').click();
    expect(seen).to.deep.equal([3, 3]);
    expect(inside('.status').textContent).to.equal('Sent 1 event again.');
    button('Export').click();
    const text = inside<HTMLTextAreaElement>('textarea').value;
    expect(text).to.contain(`events.ask(page, 'cart:add-item', {"sku":"a","quantity":3})`);
    expect(text).to.contain(`events.waitFor('cart:changed', matching({"count":2,"totalCents":640}))`);
    expect(text).not.to.contain('after');
  });

  it('closes with Escape, and gives the focus back', () => {
    inspector.toggle();
    box.tabIndex = 0;
    box.focus();
    inspector.toggle();
    expect(aside()!.shadowRoot!.activeElement).to.equal(inside('input'));
    inside('input').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    expect(aside()).to.equal(null);
    expect(document.activeElement).to.equal(box);
  });
});
