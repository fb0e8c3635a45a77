// Before everything that may bring Lit along: Lit looks for what teaches it to hydrate only when it is loaded.
import '../src/pages.ts';
import { expect, waitUntil } from '@open-wc/testing';
import { answer, CartAddItem } from '@souk/shared-events/browser';
import type { LitElement } from 'lit';
import { backend, find, findAll, go, navigations, settled, testSignal, textOf, useShop } from './shop.ts';

/** The page of an address as the server makes it. */
async function fragmentAt(path: string): Promise<string> {
  const response = await fetch(`/fragment?path=${encodeURIComponent(path)}`);
  return ((await response.json()) as { html: string }).html;
}

/** Puts the server's markup into the page, as the browser's parser would. */
async function arrive(path: string): Promise<LitElement> {
  go(path);
  const main = document.querySelector('main')!;
  main.setHTMLUnsafe(await fragmentAt(path));
  return main.firstElementChild as LitElement;
}

describe('a page that the server has rendered', () => {
  useShop();

  describe('before any script', () => {
    /** The server's page in a window of its own, in which nothing is defined. */
    const framed = async (path: string, width: number): Promise<ShadowRoot> => {
      const frame = document.createElement('iframe');
      frame.width = String(width);
      document.querySelector('main')!.replaceChildren(frame);
      frame.contentDocument!.body.setHTMLUnsafe(await fragmentAt(path));
      return frame.contentDocument!.querySelector('catalog-list, catalog-product')!.shadowRoot!;
    };

    it('folds the filters away where there is little room, and opens them by a tap', async () => {
      const list = await framed('/c/zellige', 360);
      const filter = list.querySelector('.choice')!;
      expect(filter.checkVisibility()).to.equal(false);
      list.querySelector<HTMLElement>('.fold > summary')!.click();
      expect(filter.checkVisibility()).to.equal(true);
    });

    it('shows the filters where there is room', async () => {
      const list = await framed('/c/zellige', 1280);
      expect(list.querySelector('.choice')!.checkVisibility()).to.equal(true);
      expect(list.querySelector('.fold > summary')!.checkVisibility()).to.equal(false);
    });

    it('has a form that sends the chosen variant', async () => {
      const product = await framed('/p/fassi-lantern?variant=fassi-lantern.brass.45-cm', 360);
      const form = product.querySelector('form')!;
      expect(form.method).to.equal('post');
      expect(form.getAttribute('action')).to.equal('/requests/cart:add-item');
      expect([...new FormData(form)]).to.deep.equal([
        ['sku', 'fassi-lantern.brass.45-cm'],
        ['quantity', '1'],
      ]);
    });
  });

  describe('taken over', () => {
    for (const path of ['/', '/c/zellige', '/search?q=submarine', '/p/fassi-lantern', '/p/hearth-kilim']) {
      it(`keeps every element of ${path}, and asks nothing`, async () => {
        const page = await arrive(path);
        const template = document.createElement('template');
        template.setHTMLUnsafe(await fragmentAt(path));
        await settled(page);
        const served = template.content.firstElementChild!.shadowRoot!.querySelectorAll(':not(noscript *)');
        const shown = findAll(page, '*');
        expect(shown.map((each) => each.localName)).to.deep.equal([...served].map((each) => each.localName));
        expect(backend.asked).to.deep.equal([]);
      });
    }

    it('keeps the very nodes, and makes them answer', async () => {
      const asked: unknown[] = [];
      const reply = { count: 1, totalCents: 14_900, currency: 'EUR' } as const;
      answer(CartAddItem, (payload) => (asked.push({ ...payload }), reply), { signal: testSignal() });
      // A container outside the document: nothing is upgraded until the nodes have been noted.
      go('/p/fassi-lantern');
      const inert = document.implementation.createHTMLDocument();
      inert.body.setHTMLUnsafe(await fragmentAt('/p/fassi-lantern'));
      const served = inert.body.firstElementChild as LitElement;
      const nodes = [...served.shadowRoot!.querySelectorAll('*')];
      document.querySelector('main')!.append(served);
      customElements.upgrade(served);
      await settled(served);
      expect(findAll(served, '*')).to.deep.equal(nodes);
      find(served, '.buy button').click();
      await waitUntil(() => textOf(find(served, '.buy [role=status]')) !== '');
      expect(asked).to.deep.equal([{ sku: 'fassi-lantern.brass.30-cm', quantity: 1 }]);
      expect(find(served, 'h1')).to.equal(nodes.find((each) => each.localName === 'h1'));
    });

    it('sorts as was chosen before any script had taken over', async () => {
      go('/c/kilims');
      const inert = document.implementation.createHTMLDocument();
      inert.body.setHTMLUnsafe(await fragmentAt('/c/kilims'));
      const served = inert.body.firstElementChild as LitElement;
      served.shadowRoot!.querySelector('select')!.value = 'price-asc';
      document.querySelector('main')!.append(served);
      customElements.upgrade(served);
      await settled(served);
      expect(navigations).to.deep.equal([{ path: '/c/kilims?sort=price-asc' }]);
    });

    it('follows the address from there on', async () => {
      const list = await arrive('/c/kilims');
      await settled(list);
      go('/c/lanterns');
      await settled(list);
      expect(textOf(find(list, 'h1'))).to.equal('Lanterns');
      expect(backend.asked).to.deep.equal(['/api/catalog/products?category=lanterns']);
    });

    it('keeps the page that says that there is nothing', async () => {
      const page = await arrive('/p/submarine');
      await page.updateComplete;
      expect(textOf(find(page, 'h1'))).to.equal('There is nothing here');
      expect(backend.asked).to.deep.equal([]);
    });

    it('keeps the page that says that something is sold no more', async () => {
      const page = await arrive('/p/old-lantern');
      await page.updateComplete;
      expect(textOf(find(page, 'h1'))).to.equal('“Old lantern” is no longer sold');
      expect(backend.asked).to.deep.equal([]);
    });
  });
});
