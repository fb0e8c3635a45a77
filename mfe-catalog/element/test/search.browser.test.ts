import { expect, waitUntil } from '@open-wc/testing';
import '../src/search.ts';
import { find, go, navigations, open, useShop } from './shop.ts';

const input = (search: Element) => find<HTMLInputElement>(search, 'input');

describe('the search box', () => {
  useShop();

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
