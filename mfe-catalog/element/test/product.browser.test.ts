import { expect, waitUntil } from '@open-wc/testing';
import type { Product } from '@souk/catalog-api';
import {
  answer,
  BellWatchProduct,
  CartAddItem,
  CatalogProductChanged,
  ChatOpen,
  emit,
  listen,
  CatalogProductViewed,
  ShellPushReset,
} from '@souk/shared-events/browser';
import type { LitElement } from 'lit';
import '../src/pages.ts';
import {
  find,
  findAll,
  gate,
  go,
  navigations,
  open,
  opened,
  backend,
  settled,
  testSignal,
  textOf,
  useShop,
} from './shop.ts';

const added = { count: 2, totalCents: 29_800, currency: 'EUR' } as const;
const button = (product: Element) => find<HTMLButtonElement>(product, '.buy button');
const sku = (product: Element) => find<HTMLInputElement>(product, 'input[name=sku]').value;
const value = (product: Element, label: string) =>
  findAll(product, '.value').find((each) => textOf(each).startsWith(label))!;

/** What is sent on to the cart, which answers as told. */
function cartThat(reply: () => typeof added | Promise<typeof added>): unknown[] {
  const asked: unknown[] = [];
  answer(CartAddItem, (payload) => (asked.push({ ...payload }), reply()), { signal: testSignal() });
  return asked;
}

useShop();

describe('one product', () => {
  it('shows the first variant that can be bought when the address names none', async () => {
    const product = await opened('catalog-product', '/p/fassi-lantern');
    expect(textOf(find(product, 'h1'))).to.equal('Fassi lantern');
    expect(textOf(find(product, '.about > .price'))).to.equal('€149.00 before: €175.00 VAT included');
    expect(sku(product)).to.equal('fassi-lantern.brass.30-cm');
    expect(document.title).to.equal('Fassi lantern · Souk');
    expect(findAll(product, '.prose p')).to.have.length(2);
  });

  it('shows the variant that the address names, with its stock', async () => {
    const product = await opened('catalog-product', '/p/fassi-lantern?variant=fassi-lantern.brass.45-cm');
    expect(sku(product)).to.equal('fassi-lantern.brass.45-cm');
    expect(textOf(find(product, '.stock'))).to.equal('Only 2 left');
    expect(find<HTMLInputElement>(product, '#quantity').max).to.equal('2');
    expect(value(product, '45 cm').ariaCurrent).to.equal('true');
    expect(value(product, '30 cm').ariaCurrent).to.equal(null);
  });

  it('tells sold out from not made', async () => {
    const product = await opened('catalog-product', '/p/fassi-lantern?variant=fassi-lantern.copper.45-cm');
    expect(textOf(value(product, 'Tinned iron'))).to.match(/^Tinned iron, ?sold out$/);
    expect(textOf(value(product, '30 cm')), 'made in another metal').to.equal('30 cmBrass');
    // Copper is not made in 30 cm: the value leads to the first that is.
    expect(value(product, '30 cm').getAttribute('href')).to.equal('/p/fassi-lantern?variant=fassi-lantern.brass.30-cm');
  });

  it('cannot be bought when it is sold out', async () => {
    const asked = cartThat(() => added);
    const product = await opened('catalog-product', '/p/copper-moon-lantern');
    expect(textOf(find(product, '.stock'))).to.equal('Sold out');
    expect(textOf(button(product))).to.equal('Sold out');
    expect(button(product).disabled).to.equal(true);
    button(product).click();
    expect(asked).to.deep.equal([]);
  });

  it('replaces the address when another value is chosen, and leaves a click for a new tab alone', async () => {
    const product = await opened('catalog-product', '/p/fassi-lantern');
    value(product, '45 cm').click();
    await waitUntil(() => navigations.length > 0);
    const path = '/p/fassi-lantern?variant=fassi-lantern.brass.45-cm';
    expect(navigations).to.deep.equal([{ path, replace: true }]);

    const click = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, ctrlKey: true });
    let wasTaken: boolean | undefined;
    window.addEventListener('click', (event) => ((wasTaken = event.defaultPrevented), event.preventDefault()), {
      once: true,
    });
    value(product, '60 cm').dispatchEvent(click);
    expect(wasTaken).to.equal(false);
    expect(navigations).to.have.length(1);
  });

  it('follows the address to another variant without asking again', async () => {
    const product = await opened('catalog-product', '/p/fassi-lantern');
    go('/p/fassi-lantern?variant=fassi-lantern.brass.45-cm');
    await product.updateComplete;
    expect(sku(product)).to.equal('fassi-lantern.brass.45-cm');
    expect(backend.asked).to.have.length(1);
  });

  it('asks the cart for the chosen variant in the quantity that was typed, and says that it is there', async () => {
    const asked = cartThat(() => added);
    const product = await opened('catalog-product', '/p/fassi-lantern');
    find<HTMLInputElement>(product, '#quantity').value = '2';
    button(product).click();
    await waitUntil(() => textOf(find(product, '.buy [role=status]')) !== '');
    expect(asked).to.deep.equal([{ sku: 'fassi-lantern.brass.30-cm', quantity: 2 }]);
    expect(textOf(find(product, '.buy [role=status]'))).to.equal('2 added. Go to the cart');
    await expect(product).to.be.accessible();
  });

  it('does not send a quantity that cannot be', async () => {
    const asked = cartThat(() => added);
    const product = await opened('catalog-product', '/p/fassi-lantern');
    for (const wrong of ['0', '-1', '13', '1.5', '']) {
      find<HTMLInputElement>(product, '#quantity').value = wrong;
      button(product).click();
    }
    expect(asked).to.deep.equal([]);
  });

  it('sends once however often it is clicked while the cart is busy', async () => {
    const { passed, open: answerNow } = gate();
    const asked = cartThat(() => passed.then(() => added));
    const product = await opened('catalog-product', '/p/fassi-lantern');
    button(product).click();
    await product.updateComplete;
    expect(textOf(button(product))).to.equal('Adding …');
    button(product).click();
    button(product).click();
    answerNow();
    await waitUntil(() => textOf(button(product)) === 'Add to cart');
    expect(asked).to.have.length(1);
    button(product).click();
    expect(asked, 'and again afterwards').to.have.length(2);
  });

  it('says why the cart refuses, in its words', async () => {
    cartThat(() => {
      throw Object.assign(new Error('Only 2 of these are left.'), { code: 'not-enough-stock' });
    });
    const product = await opened('catalog-product', '/p/fassi-lantern');
    button(product).click();
    await waitUntil(() => findAll(product, '[role=alert]').length > 0);
    expect(textOf(find(product, '[role=alert]'))).to.equal('Only 2 of these are left.');
    await expect(product).to.be.accessible();
  });

  it('does not claim that nothing was added when a cart took the request and broke', async () => {
    // Speaks as the runtime of another version does: taken, then broken.
    const signal = testSignal();
    const take = (event: CustomEvent<{ requestId: string }>) => {
      event.preventDefault();
      const error = { code: 'failed', message: 'undefined is not a function', taken: true };
      const detail = { requestId: event.detail.requestId, ok: false, error };
      window.dispatchEvent(new CustomEvent('cart:add-item:reply', { detail }));
    };
    window.addEventListener('cart:add-item', take as EventListener, { signal });
    const product = await opened('catalog-product', '/p/fassi-lantern');
    button(product).click();
    await waitUntil(() => findAll(product, '[role=alert]').length > 0);
    expect(textOf(find(product, '[role=alert]'))).to.equal(
      'The cart has not said whether that worked. Please look into it before you try again.',
    );
  });

  it('says that nothing was added when no cart took the request', async () => {
    const signal = testSignal();
    const refuse = (event: CustomEvent<{ requestId: string }>) => {
      event.preventDefault();
      const error = { code: 'no-answer', message: 'the module did not load', taken: false };
      const detail = { requestId: event.detail.requestId, ok: false, error };
      window.dispatchEvent(new CustomEvent('cart:add-item:reply', { detail }));
    };
    window.addEventListener('cart:add-item', refuse as EventListener, { signal });
    const product = await opened('catalog-product', '/p/fassi-lantern');
    button(product).click();
    await waitUntil(() => findAll(product, '[role=alert]').length > 0);
    expect(textOf(find(product, '[role=alert]'))).to.equal(
      'The cart does not answer, so nothing was added. Please try again.',
    );
  });

  it('forgets what it said of one variant when another is chosen, but not when it only asks again', async () => {
    cartThat(() => added);
    const product = await opened('catalog-product', '/p/fassi-lantern');
    const said = () => textOf(find(product, '.buy [role=status]'));
    button(product).click();
    await waitUntil(() => said() !== '');
    emit(window, new ShellPushReset({}));
    await settled(product);
    expect(said()).to.equal('1 added. Go to the cart');
    go('/p/fassi-lantern?variant=fassi-lantern.brass.45-cm');
    await product.updateComplete;
    expect(said()).to.equal('');
  });

  it('tells once of each product that is seen', async () => {
    const seen: string[] = [];
    listen(CatalogProductViewed, ({ slug }) => seen.push(slug), { signal: testSignal() });
    const product = await opened('catalog-product', '/p/fassi-lantern');
    go('/p/fassi-lantern?variant=fassi-lantern.brass.45-cm');
    emit(window, new ShellPushReset({}));
    await settled(product);
    expect(seen).to.deep.equal(['fassi-lantern']);
    go('/p/safi-bowl');
    await settled(product);
    expect(seen).to.deep.equal(['fassi-lantern', 'safi-bowl']);
  });

  it('opens the chat about itself', async () => {
    const asked: unknown[] = [];
    answer(ChatOpen, ({ about }) => (asked.push(about), { opened: true as const }), { signal: testSignal() });
    const product = await opened('catalog-product', '/p/safi-bowl');
    find(product, '.ask').click();
    await waitUntil(() => asked.length > 0);
    expect(asked).to.deep.equal([{ kind: 'product', id: 'safi-bowl' }]);
  });

  it('says so beside its button when the chat does not open', async () => {
    answer(
      ChatOpen,
      () => {
        throw Object.assign(new Error('closed'), { code: 'closed' });
      },
      { signal: testSignal() },
    );
    const product = await opened('catalog-product', '/p/safi-bowl');
    find(product, '.ask').click();
    await waitUntil(() => findAll(product, '[role=alert]').length > 0);
    expect(textOf(find(product, '.question [role=alert]'))).to.contain('The chat does not open');
  });

  it('marks the picture of the chosen variant among the others', async () => {
    const product = await opened('catalog-product', '/p/fassi-lantern?variant=fassi-lantern.copper.60-cm');
    expect(findAll(product, '.thumb').map((each) => each.ariaPressed)).to.deep.equal([
      'false',
      'false',
      'true',
      'false',
    ]);
  });

  it('shows the picture that is chosen', async () => {
    const product = await opened('catalog-product', '/p/fassi-lantern');
    const stage = () => find<HTMLImageElement>(product, '.stage img').getAttribute('src');
    const [first, second] = findAll<HTMLButtonElement>(product, '.thumb');
    expect(first!.ariaPressed).to.equal('true');
    second!.click();
    await product.updateComplete;
    expect(stage()).to.equal(second!.querySelector('img')!.getAttribute('src'));
    expect(second!.ariaPressed).to.equal('true');
    expect(first!.ariaPressed).to.equal('false');
  });

  describe('looked at closely', () => {
    const stage = (product: Element) => find(product, 'a.stage');
    const pictureOf = (product: Element) => find<HTMLImageElement>(product, '.zoom-picture');
    let product: LitElement;
    let dialog: HTMLDialogElement;
    const press = (key: string) =>
      dialog.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

    beforeEach(async () => {
      product = await opened('catalog-product', '/p/fassi-lantern');
      stage(product).focus();
      stage(product).click();
      await waitUntil(() => findAll(product, 'dialog[open]').length === 1, 'its code has come', { timeout: 9000 });
      dialog = find(product, 'dialog');
    });

    it('is a dialog over everything, with the picture that was shown', async () => {
      expect(dialog.matches(':modal')).to.equal(true);
      expect(dialog.ariaLabel).to.equal('Pictures of Fassi lantern');
      expect(pictureOf(product).getAttribute('src')).to.equal(stage(product).getAttribute('href'));
      expect(textOf(find(product, '.zoom-place'))).to.equal('1 / 4');
      await expect(product).to.be.accessible();
    });

    it('turns to the other pictures by arrows and buttons, round and round, and the page follows', async () => {
      press('ArrowLeft');
      expect(textOf(find(product, '.zoom-place'))).to.equal('4 / 4');
      press('ArrowRight');
      find(product, '.zoom-next').click();
      expect(textOf(find(product, '.zoom-place'))).to.equal('2 / 4');
      await product.updateComplete;
      expect(findAll(product, '.thumb').map(({ ariaPressed }) => ariaPressed)).to.deep.equal([
        'false',
        'true',
        'false',
        'false',
      ]);
    });

    it('comes closer by a click and by its button, and then arrows move within the picture', () => {
      pictureOf(product).click();
      expect(find(product, '.zoom-closer').ariaPressed).to.equal('true');
      expect(pictureOf(product).getBoundingClientRect().width).to.be.above(innerWidth);
      press('ArrowRight');
      expect(textOf(find(product, '.zoom-place'))).to.equal('1 / 4');
      find(product, '.zoom-closer').click();
      expect(pictureOf(product).getBoundingClientRect().width).to.be.at.most(innerWidth);
    });

    it('gives the focus back where it was when it closes', async () => {
      find(product, '.zoom-close').click();
      await waitUntil(() => findAll(product, 'dialog').length === 0);
      expect(product.shadowRoot!.activeElement).to.equal(stage(product));
    });
  });

  it('turns its picture by arrow keys and by a swipe', async () => {
    const product = await opened('catalog-product', '/p/fassi-lantern');
    const stage = () => find(product, 'a.stage');
    const shown = async () => {
      await product.updateComplete;
      return findAll(product, '.thumb').findIndex(({ ariaPressed }) => ariaPressed === 'true');
    };
    const finger = (type: string, clientX: number) =>
      stage().dispatchEvent(new PointerEvent(type, { pointerType: 'touch', clientX, bubbles: true }));
    stage().dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }));
    expect(await shown()).to.equal(1);
    finger('pointerdown', 200);
    finger('pointerup', 90);
    expect(await shown()).to.equal(2);
    finger('pointerdown', 100);
    finger('pointerup', 110);
    expect(await shown(), 'a finger that trembles').to.equal(2);
  });

  it('leads on to what was ordered with it and to its shelf, and keeps their prices live', async () => {
    const product = await opened('catalog-product', '/p/fassi-lantern');
    expect(findAll(product, '.related h2').map(textOf)).to.deep.equal([
      'Ordered together with it',
      'From the same shelf',
    ]);
    expect(textOf(find(product, '.related [href="/p/safi-bowl"] .price'))).to.equal('€28.00');
    const variants = [{ sku: 'safi-bowl', priceCents: 1900, available: 4 }];
    emit(window, new CatalogProductChanged({ products: [{ slug: 'safi-bowl', variants }], more: false }));
    await product.updateComplete;
    expect(textOf(find(product, '.related [href="/p/safi-bowl"] .price'))).to.equal('€19.00');
  });

  it('says of a product that is sold no more what it was, and leads to its shelf', async () => {
    const product = await opened('catalog-product', '/p/old-lantern');
    expect(textOf(find(product, 'h1'))).to.equal('“Old lantern” is no longer sold');
    expect(find(product, '.state .button').getAttribute('href')).to.equal('/c/lanterns');
    await expect(product).to.be.accessible();
  });

  it('says that there is nothing at an address without a product', async () => {
    const product = await opened('catalog-product', '/p/submarine');
    expect(textOf(find(product, 'h1'))).to.equal('There is nothing here');
    await expect(product).to.be.accessible();
  });

  it('is accessible: whole, sold out, without a picture, with many options, and while it waits', async () => {
    for (const slug of ['fassi-lantern', 'copper-moon-lantern', 'safi-bowl', 'hearth-kilim']) {
      await expect(await opened('catalog-product', `/p/${slug}`)).to.be.accessible();
    }
    backend.mood = 'silent';
    const product = open('catalog-product', '/p/wedding-kilim');
    await product.updateComplete;
    await expect(product).to.be.accessible();
  });
});

describe('a product while it is looked at', () => {
  const changed = (priceCents: number, available: number) =>
    emit(
      window,
      new CatalogProductChanged({
        products: [
          {
            slug: 'fassi-lantern',
            variants: shownVariants().map((variant) =>
              variant.sku === 'fassi-lantern.brass.30-cm' ? { ...variant, priceCents, available } : variant,
            ),
          },
        ],
        more: false,
      }),
    );
  let product: LitElement & { readonly shown?: { readonly data: Product } };
  const shownVariants = () =>
    product.shown!.data.variants.map(({ sku: id, priceCents, available }) => ({ sku: id, priceCents, available }));

  beforeEach(async () => {
    product = await opened('catalog-product', '/p/fassi-lantern');
  });

  it('shows a new price at once, without asking, and says so politely', async () => {
    const asked = backend.asked.length;
    changed(12_900, 5);
    await settled(product);
    expect(textOf(find(product, '.about > .price'))).to.contain('€129.00');
    expect(find(product, '.about > .price').ariaLive).to.equal('polite');
    expect(backend.asked).to.have.length(asked);
  });

  it('stays with its variant when that sells out, though another could be bought', async () => {
    changed(14_900, 0);
    await settled(product);
    expect(sku(product)).to.equal('fassi-lantern.brass.30-cm');
    expect(textOf(find(product, '.stock'))).to.equal('Sold out');
    expect(button(product).disabled).to.equal(true);
  });

  it('asks when the product has other variants now, or was not named among many changes', async () => {
    const asked = backend.asked.length;
    emit(window, new CatalogProductChanged({ products: [{ slug: 'fassi-lantern', variants: [] }], more: false }));
    await waitUntil(() => backend.asked.length === asked + 1);
    await settled(product);
    emit(window, new CatalogProductChanged({ products: [], more: true }));
    await waitUntil(() => backend.asked.length === asked + 2, 'it asks soon', { timeout: 5000 });
  });
});

describe('a product that is sold out', () => {
  const soldOut = '/p/fassi-lantern?variant=fassi-lantern.brass.30-cm';

  async function openSoldOut(reply: (wanted: boolean) => { watching: boolean }): Promise<LitElement> {
    answer(BellWatchProduct, ({ wanted }) => reply(wanted), { signal: testSignal() });
    const product = (await opened('catalog-product', soldOut)) as LitElement & { shown: { data: Product } };
    const variants = product.shown.data.variants.map((each) => ({ ...each, available: 0 }));
    emit(window, new CatalogProductChanged({ products: [{ slug: 'fassi-lantern', variants }], more: false }));
    await settled(product);
    return product;
  }
  const tellMe = (product: Element) => find<HTMLButtonElement>(product, '.watch button');

  it('offers to tell the shopper when it is back, and takes that back', async () => {
    const product = await openSoldOut((watching) => ({ watching }));
    expect(textOf(tellMe(product))).to.equal('Tell me when it is back');
    tellMe(product).click();
    await waitUntil(() => textOf(find(product, '.watch')).includes('We will tell you'));
    tellMe(product).click();
    await waitUntil(() => textOf(tellMe(product)) === 'Tell me when it is back');
    await expect(product).to.be.accessible();
  });

  it('asks for the product again when it is back already', async () => {
    const product = await openSoldOut(() => ({ watching: false }));
    const asked = backend.asked.length;
    tellMe(product).click();
    await waitUntil(() => backend.asked.length > asked);
  });

  it('says so when nobody answers', async () => {
    const product = await openSoldOut(() => {
      throw new Error('the bell is broken');
    });
    const errors: unknown[] = [];
    const { onerror } = window;
    window.onerror = (message) => (errors.push(message), true);
    tellMe(product).click();
    await waitUntil(() => findAll(product, '.watch [role=alert]').length === 1);
    window.onerror = onerror;
    expect(errors).to.have.length(1);
  });
});
