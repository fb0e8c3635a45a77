import { expect, oneEvent, waitUntil } from '@open-wc/testing';
import { ask, listen, ShellNavigate, ShellNavigated } from '@souk/shared-events/browser';
import { createArrival } from '../src/arrival.ts';
import { createFaults } from '../src/faults.ts';
import { createMainView } from '../src/main-view.ts';
import { createModules } from '../src/modules.ts';
import { startRouter } from '../src/router.ts';
import { frontend } from './fixtures/frontend.ts';

/** An element whose heading is inside its shadow root, as those of real micro frontends. */
class TestPage extends HTMLElement {
  connectedCallback(): void {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: 'open' });
    root.innerHTML = `<h1>${this.localName}</h1><a href="/t/linked">A product</a><div style="height: 3000px"></div>`;
  }
}
customElements.define('catalog-home', class extends TestPage {});
customElements.define('catalog-product', class extends TestPage {});

const catalog = frontend({
  name: 'catalog',
  importance: 'primary',
  elements: { 'catalog-home': 'pages', 'catalog-product': 'pages' },
  routes: [
    { path: '/t', element: 'catalog-home', title: 'Home' },
    { path: '/t/:product', element: 'catalog-product', title: 'Product' },
  ],
});

describe('the router', () => {
  const ending = new AbortController();
  const { signal } = ending;
  const startedAt = location.href;
  const main = document.createElement('main');
  const shown = () => main.querySelector('.souk-wall')?.firstElementChild as HTMLElement | null;
  const product = () => shown()?.getAttribute('product');
  const go = (path: string, replace = false) => ask(window, new ShellNavigate({ path, replace }));
  const at = async (tag: string, name: string | null = null) => {
    await waitUntil(() => shown()?.localName === tag && (product() ?? null) === name, `${tag} ${name} is shown`);
    await waitUntil(() => !shown()!.matches('.souk-skeleton'));
  };
  const click = (link: HTMLElement, init: MouseEventInit = {}) => {
    const event = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, ...init });
    let taken = false;
    const note = (clicked: Event) => {
      taken = clicked.defaultPrevented;
      clicked.preventDefault();
    };
    window.addEventListener('click', note, { once: true });
    link.dispatchEvent(event);
    return taken;
  };

  before(async () => {
    main.tabIndex = -1;
    document.body.append(main);
    history.replaceState(null, '', '/t');
    main.innerHTML = `<div class="souk-wall" data-mfe="catalog" data-element="catalog-home"><catalog-home></catalog-home></div>`;
    const served = main.querySelector('catalog-home');
    const tools = {
      modules: createModules({ resolve: (name) => name, importModule: async () => {} }),
      faults: createFaults([], { signal }),
    };
    const arrival = createArrival(main, { signal });
    startRouter({ frontends: [catalog], view: createMainView(main, tools), arrival, signal });
    await at('catalog-home');
    expect(shown()).to.equal(served);
  });
  after(() => {
    ending.abort();
    history.replaceState(null, '', startedAt);
    main.remove();
  });
  beforeEach(async () => {
    await go('/t');
    await at('catalog-home');
  });

  it('shows the element of the path with its parameters as attributes', async () => {
    expect(await go('/t/blue%20bowl')).to.deep.equal({ path: '/t/blue%20bowl' });
    await at('catalog-product', 'blue bowl');
    expect(location.pathname).to.equal('/t/blue%20bowl');
  });

  it('makes a new element when only the parameters differ', async () => {
    await go('/t/one');
    await at('catalog-product', 'one');
    const first = shown();
    await go('/t/two');
    await at('catalog-product', 'two');
    expect(shown()).to.not.equal(first);
  });

  it('leaves the element alone when only the query differs, and tells the new path', async () => {
    await go('/t/one');
    await at('catalog-product', 'one');
    const first = shown();
    const told = oneEvent(window, 'shell:navigated');
    await go('/t/one?size=xl');
    expect((await told).detail).to.deep.equal({ path: '/t/one?size=xl' });
    expect(shown()).to.equal(first);
  });

  it('goes back and forward', async () => {
    await go('/t/one');
    await at('catalog-product', 'one');
    history.back();
    await at('catalog-home');
    history.forward();
    await at('catalog-product', 'one');
  });

  it('takes over a plain click on a link inside a shadow root', async () => {
    expect(click(shown()!.shadowRoot!.querySelector('a')!)).to.equal(true);
    await at('catalog-product', 'linked');
  });

  for (const [why, change, init] of [
    ['the control key is held', () => {}, { ctrlKey: true }],
    ['another mouse button was used', () => {}, { button: 1 }],
    ['it opens elsewhere', (link: HTMLAnchorElement) => (link.target = '_blank'), {}],
    ['it is a download', (link: HTMLAnchorElement) => (link.download = 'x'), {}],
    ['it leads to another origin', (link: HTMLAnchorElement) => (link.href = 'https://elsewhere.example/t'), {}],
    ['its path is no route', (link: HTMLAnchorElement) => (link.href = '/sign-in'), {}],
    ['it leads to an anchor of this page', (link: HTMLAnchorElement) => (link.href = '/t#reviews'), {}],
    [
      'somebody has handled it',
      (link: HTMLAnchorElement) => link.addEventListener('click', (event) => event.preventDefault()),
      { shiftKey: true },
    ],
  ] as const) {
    it(`leaves a link to the browser when ${why}`, async () => {
      const link = document.createElement('a');
      link.href = '/t/linked';
      main.append(link);
      change(link);
      const before = location.href;
      click(link, init);
      expect(location.href).to.equal(before);
      link.remove();
    });
  }

  it('tells a late listener where the shopper is', async () => {
    await go('/t/one');
    await at('catalog-product', 'one');
    const paths: string[] = [];
    listen(ShellNavigated, ({ path }) => paths.push(path), { signal });
    expect(paths).to.deep.equal(['/t/one']);
  });

  it('sets the title, says it, and moves the focus to the heading of the new page', async () => {
    await go('/t/one');
    await at('catalog-product', 'one');
    expect(document.title).to.equal('Product · Souk');
    expect(document.activeElement).to.equal(main);
    document.title = 'Blue bowl · Souk';
    await waitUntil(() => document.querySelector('[role=status]')?.textContent === 'Blue bowl · Souk', 'it is said');
    expect(shown()!.shadowRoot!.activeElement).to.have.property('localName', 'h1');
  });

  it('starts a new page at its top and comes back to where the shopper was', async () => {
    scrollTo(0, 700);
    await go('/t/one');
    await at('catalog-product', 'one');
    await waitUntil(() => scrollY === 0, 'it starts at the top');
    history.back();
    await at('catalog-home');
    await waitUntil(() => scrollY === 700, 'it is where it was');
  });

  it('comes back to where the shopper was in a list whose query has changed', async () => {
    scrollTo(0, 700);
    await go('/t?page=2');
    await waitUntil(() => location.search === '?page=2');
    scrollTo(0, 200);
    history.back();
    await waitUntil(() => scrollY === 700, 'it is where it was');
    await go('/t/one');
    await at('catalog-product', 'one');
    await waitUntil(() => scrollY === 0, 'a new page starts at the top');
  });

  it('replaces the history entry when asked to', async () => {
    const { length } = history;
    await go('/t/one', true);
    await at('catalog-product', 'one');
    expect(history.length).to.equal(length);
  });

  it('says so when there is no such page', async () => {
    history.pushState(null, '', '/nowhere');
    await waitUntil(() => main.querySelector('h1')?.textContent === 'There is no such page');
    expect(main.querySelector('.souk-wall')).to.equal(null);
  });
});
