import { expect, waitUntil } from '@open-wc/testing';
import { createFaults } from '../src/faults.ts';
import { createMainView } from '../src/main-view.ts';
import { createModules } from '../src/modules.ts';
import { fillSlots } from '../src/slots.ts';
import { createWall } from '../src/wall.ts';
import { frontend } from './fixtures/frontend.ts';

customElements.define('cart-leak', class extends HTMLElement {});
const cart = frontend({
  name: 'cart',
  importance: 'essential',
  elements: { 'cart-leak': 'mini' },
  slots: [
    { slot: 'header-end', element: 'cart-leak', order: 20 },
    { slot: 'nowhere', element: 'cart-leak', order: 1 },
  ],
});
const loaded = () => createModules({ resolve: (name) => name, importModule: async () => {} });

describe('mounting and unmounting fifty times', () => {
  it('leaves no listener, no place and no element behind', async () => {
    const ending = new AbortController();
    const kept = { listeners: 0, places: 0 };
    const faults = createFaults(['cart'], { signal: ending.signal });
    const counting = {
      ...faults,
      watch: (place: Parameters<typeof faults.watch>[0]) => {
        kept.places += 1;
        const unwatch = faults.watch(place);
        return () => {
          kept.places -= 1;
          unwatch();
        };
      },
    };
    const { addEventListener } = window;
    window.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      kept.listeners += 1;
      addEventListener.apply(window, args);
    };
    const main = document.createElement('main');
    document.body.append(main);
    const view = createMainView(main, { modules: loaded(), faults: counting });
    const route = { path: '/cart', element: 'cart-leak', title: 'Cart' };
    for (let round = 0; round < 50; round += 1) {
      view.show({ frontend: cart, route, params: {} });
      await waitUntil(() => main.querySelector('cart-leak'), 'it is up', { interval: 1 });
      view.clear();
    }
    window.addEventListener = addEventListener;
    expect(kept).to.deep.equal({ listeners: 0, places: 0 });
    expect(main.childElementCount).to.equal(0);
    main.remove();
    ending.abort();
  });

  it('lets go of a wall whose module never arrives', async () => {
    const modules = createModules({ resolve: (name) => name, importModule: () => new Promise(() => {}) });
    const ending = new AbortController();
    const faults = createFaults(['cart'], { signal: ending.signal });
    const wall = createWall({ frontend: cart, tag: 'cart-leak' }, { modules, faults, deadlineMs: 0 });
    let failures = 0;
    window.addEventListener('shell:mfe-failed', () => (failures += 1), { signal: ending.signal });
    wall.start();
    wall.close();
    await new Promise((resolve) => setTimeout(resolve));
    expect(failures).to.equal(0);
    ending.abort();
  });
});

describe('the slots', () => {
  it('hold their elements in the order of the manifests, and a slot that is not there hurts nobody', async () => {
    const root = document.createElement('div');
    root.innerHTML = '<div data-slot="header-end"></div>';
    document.body.append(root);
    const first = frontend({
      name: 'chat',
      elements: { 'cart-leak': 'mini' },
      slots: [{ slot: 'header-end', element: 'cart-leak', order: 10 }],
    });
    const ending = new AbortController();
    const tools = { modules: loaded(), faults: createFaults([], { signal: ending.signal }) };
    const walls = fillSlots([cart, first], tools, root);
    await waitUntil(() => root.querySelectorAll('cart-leak').length === 2, 'both are up, the regular one when idle');
    expect([...root.querySelectorAll<HTMLElement>('.souk-wall')].map(({ dataset }) => dataset['mfe'])).to.deep.equal([
      'chat',
      'cart',
    ]);
    for (const wall of walls) wall.close();
    expect(root.querySelector('.souk-wall')).to.equal(null);
    root.remove();
    ending.abort();
  });
});
