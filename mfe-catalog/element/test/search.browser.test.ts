import { expect, waitUntil } from '@open-wc/testing';
import '../src/search.ts';
import { backend, find, findAll, gate, go, navigations, open, textOf, useShop } from './shop.ts';

const input = (search: Element) => find<HTMLInputElement>(search, 'input');

useShop();

describe('the search box', () => {
  it('asks the shell to go to what was typed', async () => {
    const search = open('catalog-search', '/');
    input(search).value = ' blue & bowl ';
    find<HTMLButtonElement>(search, 'button').click();
    await waitUntil(() => navigations.length > 0);
    expect(navigations).to.deep.equal([{ path: '/search?q=blue%20%26%20bowl' }]);
    expect(search.shadowRoot!.activeElement, 'the focus is in the search, not in its field').to.have.property(
      'type',
      'submit',
    );
  });

  it('says what the page shows, and nothing on pages that are no search', () => {
    const search = open('catalog-search', '/search?q=tea+glass');
    expect(input(search).value).to.equal('tea glass');
    go('/p/fassi-lantern');
    expect(input(search).value).to.equal('');
    go('/search?q=lantern');
    expect(input(search).value).to.equal('lantern');
  });

  it('is a plain form that leads to the search page by itself', () => {
    const form = find<HTMLFormElement>(open('catalog-search', '/'), 'form');
    expect(form.getAttribute('action')).to.equal('/search');
    expect(form.method).to.equal('get');
    expect([...new FormData(form).keys()]).to.deep.equal(['q']);
  });

  it('keeps to one form when it is moved', () => {
    const search = open('catalog-search', '/search?q=tea');
    document.querySelector('main')!.append(search);
    expect(input(search).value).to.equal('tea');
  });

  it('is accessible', async () => {
    await expect(open('catalog-search', '/')).to.be.accessible();
  });
});

describe('suggestions', () => {
  let search: HTMLElement;
  const options = () => findAll(search, '[role=option]');
  const marked = () =>
    options()
      .filter(({ ariaSelected }) => ariaSelected === 'true')
      .map(textOf);
  const isOpen = () => input(search).ariaExpanded === 'true';

  const type = (text: string) => {
    input(search).value = text;
    input(search).dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  };
  const press = (key: string, init: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init });
    input(search).dispatchEvent(event);
    return event;
  };
  const suggested = async (text: string) => {
    type(text);
    await waitUntil(() => isOpen() && textOf(options()[0]!).includes(`“${text}”`), 'the list is open', {
      timeout: 9000,
    });
  };

  beforeEach(async () => {
    search = open('catalog-search', '/');
    input(search).focus();
    await waitUntil(() => findAll(search, '[role=listbox]').length === 1, 'its code has come', { timeout: 9000 });
  });

  it('begin with the search itself, then shelves, then products', async () => {
    await suggested('lantern');
    expect(options().map(textOf)).to.deep.equal([
      'All results for “lantern”2',
      'Lanternsshelf2',
      'Fassi lanternfrom €149.00',
      'Copper moon lanternSold out',
    ]);
    expect(textOf(find(search, '[role=status]'))).to.equal('4 suggestions');
    await expect(search).to.be.accessible();
  });

  it('are gone through by arrows, round and round, while the text stays', async () => {
    await suggested('lantern');
    expect(marked()).to.deep.equal([]);
    press('ArrowDown');
    press('ArrowDown');
    expect(marked()).to.deep.equal(['Lanternsshelf2']);
    expect(input(search).getAttribute('aria-activedescendant')).to.equal(options()[1]!.id);
    await expect(search).to.be.accessible();
    press('ArrowUp');
    press('ArrowUp');
    expect(marked(), 'back in the field').to.deep.equal([]);
    press('ArrowUp');
    expect(marked()).to.deep.equal(['Copper moon lanternSold out']);
    press('ArrowDown');
    expect(input(search).getAttribute('aria-activedescendant')).to.equal(null);
    expect(input(search).value).to.equal('lantern');
  });

  it('are taken by Enter', async () => {
    await suggested('lantern');
    press('ArrowDown');
    press('ArrowDown');
    press('ArrowDown');
    expect(press('Enter').defaultPrevented).to.equal(true);
    await waitUntil(() => navigations.length > 0);
    expect(navigations).to.deep.equal([{ path: '/p/fassi-lantern' }]);
    expect(isOpen()).to.equal(false);
  });

  it('leave Enter to the form when none is marked', async () => {
    await suggested('lantern');
    expect(press('Enter').defaultPrevented).to.equal(false);
    expect(isOpen()).to.equal(false);
  });

  it('are taken by a click', async () => {
    await suggested('lantern');
    options()[1]!.click();
    await waitUntil(() => navigations.length > 0);
    expect(navigations).to.deep.equal([{ path: '/c/lanterns' }]);
  });

  it('close at Escape, which keeps the text, and open again by an arrow', async () => {
    await suggested('lantern');
    expect(press('Escape').defaultPrevented).to.equal(true);
    expect([isOpen(), input(search).value]).to.deep.equal([false, 'lantern']);
    expect(press('Escape').defaultPrevented, 'the browser empties the field').to.equal(false);
    press('ArrowDown');
    await waitUntil(isOpen);
  });

  it('lose the mark at Home and End, which move in the text', async () => {
    await suggested('lantern');
    for (const key of ['Home', 'End']) {
      press('ArrowDown');
      expect(marked()).to.have.length(1);
      expect(press(key).defaultPrevented).to.equal(false);
      expect(marked()).to.deep.equal([]);
    }
  });

  it('are those of what was typed last, though the first answer comes later', async () => {
    const { passed, open: answerNow } = gate();
    backend.gate = passed;
    type('kilim');
    await waitUntil(() => backend.asked.at(-1) === '/api/catalog/suggestions?q=kilim');
    backend.gate = undefined;
    await suggested('lantern');
    answerNow();
    type('lanter');
    await waitUntil(() => textOf(options()[0]!).includes('“lanter”'));
    expect(options().map(textOf).join()).not.to.contain('kilim');
  });

  it('offer the word that was meant', async () => {
    type('latnern');
    await waitUntil(isOpen);
    expect(textOf(options()[0]!)).to.equal('Did you mean “lantern”2');
    press('ArrowDown');
    press('Enter');
    await waitUntil(() => navigations.length > 0);
    expect(navigations).to.deep.equal([{ path: '/search?q=lantern' }]);
    expect(input(search).value).to.equal('lantern');
  });

  it('say that there are none, and stay away when the backend fails', async () => {
    type('submarine');
    await waitUntil(() => textOf(find(search, '[role=status]')) === 'No suggestions');
    expect(isOpen()).to.equal(false);
    backend.mood = 'failing';
    const asked = backend.asked.length;
    type('lantern');
    await waitUntil(() => backend.asked.length > asked);
    await waitUntil(() => textOf(find(search, '[role=status]')) === '');
    expect(isOpen()).to.equal(false);
  });
});
