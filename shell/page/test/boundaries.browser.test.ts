import { expect } from '@open-wc/testing';
import { emit, ShellPushReset } from '@souk/shared-events/browser';
import { createBoundaryView } from '../src/boundaries.ts';

describe('the boundary view', () => {
  const { dispatchEvent } = EventTarget.prototype;
  const aside = () => document.querySelector('aside')?.shadowRoot;

  it('frames each place with its owner, lists events with their kind, and leaves nothing behind', () => {
    const box = document.createElement('div');
    Object.assign(box.dataset, { mfe: 'cart', version: '0.1.0-test', element: 'cart-mini', state: 'up' });
    document.body.append(box);
    const view = createBoundaryView(new Map([['cart:changed', { count: 2 }]]));

    view.toggle();
    expect(aside()).to.contain.text('cart 0.1.0-test <cart-mini> up');
    expect(aside()).to.contain.text('last cart:changed {"count":2}');
    emit(window, new ShellPushReset({}));
    window.dispatchEvent(new CustomEvent('cart:add-item:reply', { detail: { ok: true } }));
    expect(aside()).to.contain.text('fact shell:push-reset {}');
    expect(aside()).to.contain.text('reply cart:add-item:reply {"ok":true}');

    view.toggle();
    expect(aside()).to.equal(undefined);
    expect(EventTarget.prototype.dispatchEvent).to.equal(dispatchEvent);
    box.remove();
  });
});
