import { expect, nextFrame, waitUntil } from '@open-wc/testing';
import { emit, ShellPushReset } from '@souk/shared-events/browser';
import type { LitElement } from 'lit';
import '../src/pages.ts';
import { backend, find, findAll, gate, go, navigations, open, opened, settled, textOf, useShop } from './shop.ts';

const names = (list: Element) => findAll(list, '.name').map(textOf);
const choice = (list: Element, label: string) =>
  findAll<HTMLAnchorElement>(list, '.choice').find((each) => textOf(each).startsWith(label))!;

describe('a shelf or a search', () => {
  useShop();

  it('shows the shelf of its address with its words and how many there are', async () => {
    const list = await opened('catalog-list', '/c/zellige');
    expect(textOf(find(list, 'h1'))).to.equal('Zellige tiles');
    expect(textOf(find(list, '.lead'))).to.equal('Glazed clay tiles cut by hand in Fez.');
    expect(textOf(find(list, '[role=status]'))).to.equal('30 products');
    expect(document.title).to.equal('Zellige tiles · Souk');
    expect(find(list, '.card[href="/p/bone-square"]')).to.contain.text('from €3.90');
    expect(backend.asked, 'asks once').to.deep.equal(['/api/catalog/products?category=zellige']);
  });

  it('marks what is sold out and what is nearly gone', async () => {
    const lanterns = await opened('catalog-list', '/c/lanterns');
    expect(textOf(find(lanterns, '.card[href="/p/copper-moon-lantern"] .badge'))).to.equal('Sold out');
    expect(findAll(lanterns, '.card[href="/p/fassi-lantern"] .badge')).to.have.length(0);
    const kilims = await opened('catalog-list', '/c/kilims');
    expect(textOf(find(kilims, '.card[href="/p/wedding-kilim"] .badge'))).to.equal('Few left');
  });

  it('names the words of a search and its shelves as ways to narrow it down', async () => {
    const list = await opened('catalog-list', '/search?q=s&sort=title');
    expect(textOf(find(list, 'h1'))).to.equal('“s”');
    expect(choice(list, 'Kilim rugs').getAttribute('href')).to.equal('/search?q=s&sort=title&category=kilims');
  });

  it('has each filter as a link that keeps the other choices, and a way to drop them', async () => {
    const list = await opened('catalog-list', '/c/zellige?option.Size=5+cm&sort=price-desc&page=2');
    expect(choice(list, '5 cm').ariaCurrent).to.equal('true');
    expect(choice(list, '10 cm').ariaCurrent).to.equal(null);
    expect(choice(list, '5 cm').getAttribute('href')).to.equal('/c/zellige?sort=price-desc');
    expect(choice(list, '10 cm').getAttribute('href')).to.equal(
      '/c/zellige?sort=price-desc&option.Size=5+cm&option.Size=10+cm',
    );
    expect(find(list, '.clear').getAttribute('href')).to.equal('/c/zellige?sort=price-desc');
    expect(textOf(find(list, '.chosen-count'))).to.equal('1 chosen');
  });

  it('puts sizes in order, and unfolds the group in which something is chosen', async () => {
    const kilims = await opened('catalog-list', '/c/kilims?option.Ground=Olive');
    const groups = findAll<HTMLDetailsElement>(kilims, '.filter');
    const more = find<HTMLDetailsElement>(kilims, '.more');
    expect(groups.map(({ open: isOpen }) => isOpen)).to.deep.equal([true, true, true]);
    expect([...groups[1]!.querySelectorAll('.choice')].map((each) => textOf(each).slice(0, 3))).to.deep.equal([
      '120',
      '160',
      '200',
      '240',
      '300',
    ]);
    expect(more.open, 'Olive is the last of twelve').to.equal(true);
    go('/c/kilims');
    await settled(kilims);
    expect(more.open).to.equal(false);
  });

  it('asks the shell to go to the sorted list, and follows the address back', async () => {
    const list = await opened('catalog-list', '/c/lanterns?page=1');
    const select = find<HTMLSelectElement>(list, 'select');
    expect(select.value).to.equal('relevance');
    select.value = 'price-asc';
    select.dispatchEvent(new Event('change'));
    await waitUntil(() => navigations.length > 0);
    expect(navigations).to.deep.equal([{ path: '/c/lanterns?sort=price-asc' }]);

    go('/c/lanterns?sort=price-asc');
    await waitUntil(() => names(list)[0] === 'Copper moon lantern');
    go('/c/lanterns');
    await waitUntil(() => names(list)[0] === 'Fassi lantern');
    expect(select.value).to.equal('relevance');
  });

  it('leafs through its pages by links', async () => {
    const list = await opened('catalog-list', '/c/zellige?sort=title');
    expect(names(list)).to.have.length(24);
    expect(textOf(find(list, '.pages'))).to.equal('Page 1 of 2 Next');
    expect(find(list, '[rel=next]').getAttribute('href')).to.equal('/c/zellige?sort=title&page=2');
    go('/c/zellige?sort=title&page=2');
    await waitUntil(() => names(list).length === 6);
    expect(find(list, '[rel=prev]').getAttribute('href')).to.equal('/c/zellige?sort=title');
    expect(findAll(list, '[rel=next]')).to.have.length(0);
  });

  it('says so when nothing is found, and where to go on', async () => {
    const list = await opened('catalog-list', '/search?q=submarine&option.Size=5+cm');
    expect(textOf(find(list, 'h1'))).to.equal('Nothing found for “submarine”');
    expect(findAll(list, '.state .chip').map(textOf)).to.include('Remove 5 cm');
    expect(findAll(list, '.state .ways a').map((link) => link.getAttribute('href'))).to.include('/c/lanterns');
    await expect(list).to.be.accessible();
  });

  it('names the one filter without which there would be something', async () => {
    const list = await opened('catalog-list', '/search?q=lantern&maxPrice=1&inStock=1');
    expect(textOf(find(list, 'h1'))).to.equal('Nothing found for “lantern”');
    const [way] = findAll<HTMLAnchorElement>(list, '.ways a');
    expect(textOf(way!)).to.equal('Without “Up to €1.00” 1');
    expect(way!.getAttribute('href')).to.equal('/search?q=lantern&inStock=1');
  });

  it('says what it searched for instead of words that nobody knows', async () => {
    const list = await opened('catalog-list', '/search?q=latnern&sort=title');
    expect(textOf(find(list, '.corrected'))).to.contain('the results for “lantern”');
    expect(find(list, '.corrected a').getAttribute('href')).to.equal('/search?sort=title&q=lantern');
    expect(names(list)).to.have.length(2);
    await expect(list).to.be.accessible();
  });

  it('takes several shelves, a price and what is in stock as filters, each with a chip to take it back', async () => {
    const path = '/search?category=kilims&category=lanterns&inStock=1&minPrice=50';
    const list = await opened('catalog-list', path);
    expect(findAll(list, '.chip').map((chip) => [textOf(chip), chip.getAttribute('href')])).to.deep.equal([
      ['Remove Kilim rugs', '/search?inStock=1&minPrice=50&category=lanterns'],
      ['Remove Lanterns', '/search?inStock=1&minPrice=50&category=kilims'],
      ['Remove In stock', '/search?category=kilims&category=lanterns&minPrice=50'],
      ['Remove €50.00 and more', '/search?category=kilims&category=lanterns&inStock=1'],
    ]);
    expect(choice(list, 'Kilim rugs').ariaCurrent).to.equal('true');
    expect(choice(list, '€50.00 and more').ariaCurrent).to.equal('true');
    expect(find(list, '.clear').getAttribute('href')).to.equal('/search');
    await expect(list).to.be.accessible();
  });

  it('asks the shell for a range of prices of one’s own, and keeps everything else', async () => {
    const list = await opened('catalog-list', '/search?sort=title&inStock=1');
    const form = find<HTMLFormElement>(list, '.price-form');
    expect([...new FormData(form).keys()]).to.deep.equal(['sort', 'inStock', 'minPrice', 'maxPrice']);
    find<HTMLInputElement>(list, '.price-form [name=maxPrice]').value = '5.5';
    find(list, '.price-form button').click();
    await waitUntil(() => navigations.length > 0);
    expect(navigations).to.deep.equal([{ path: '/search?sort=title&inStock=1&maxPrice=5.5' }]);
  });

  it('does not speak of an answer that has not come', async () => {
    const list = await opened('catalog-list', '/search?q=submarine');
    const { passed, open: answerNow } = gate();
    backend.gate = passed;
    go('/search?q=lantern');
    await list.updateComplete;
    expect(list.ariaBusy).to.equal('true');
    expect(textOf(find(list, 'h1'))).to.equal('Nothing found for “submarine”');
    answerNow();
    await settled(list);
    expect(textOf(find(list, 'h1'))).to.equal('“lantern”');
  });

  for (const mood of ['failing', 'unreachable'] as const) {
    it(`offers to ask again when the backend is ${mood}, and shows the answer then`, async () => {
      backend.mood = mood;
      const list = await opened('catalog-list', '/c/lanterns');
      expect(textOf(find(list, '[role=alert] h1'))).to.equal('The shelves are out of reach');
      await expect(list).to.be.accessible();
      backend.mood = 'well';
      find(list, 'button').click();
      await settled(list);
      expect(names(list)).to.deep.equal(['Fassi lantern', 'Copper moon lantern']);
      expect(findAll(list, '[role=alert]')).to.have.length(0);
    });
  }

  it('says that there is nothing at an address without a shelf, and recovers at the next', async () => {
    const list = await opened('catalog-list', '/c/submarines');
    expect(textOf(find(list, 'h1'))).to.equal('There is nothing here');
    go('/c/kilims');
    await settled(list);
    expect(textOf(find(list, 'h1'))).to.equal('Kilim rugs');
  });

  describe('with a slow answer on its way', () => {
    const { fetch } = window;
    const arrivals: Promise<unknown>[] = [];
    /** Every answer has come, or has been given up. */
    const allArrived = async (list: LitElement) => {
      await Promise.all(arrivals);
      await nextFrame();
      await settled(list);
    };

    const arrival = async (answer: Promise<Response>): Promise<void> => {
      try {
        await (await answer).clone().text();
      } catch {
        // Given up meanwhile, which is an end as well.
      }
    };

    beforeEach(() => {
      arrivals.length = 0;
      window.fetch = (...args) => {
        const answer = fetch(...args);
        arrivals.push(arrival(answer));
        return answer;
      };
    });
    afterEach(() => {
      window.fetch = fetch;
    });

    it('shows what was asked for last, though it has come first', async () => {
      const list = await opened('catalog-list', '/c/ceramics');
      const { passed, open: answerNow } = gate();
      backend.gate = passed;
      go('/c/kilims');
      await waitUntil(() => backend.asked.at(-1) === '/api/catalog/products?category=kilims');
      backend.gate = undefined;
      go('/c/lanterns');
      await waitUntil(() => textOf(find(list, 'h1')) === 'Lanterns');
      answerNow();
      await allArrived(list);
      expect(textOf(find(list, 'h1'))).to.equal('Lanterns');
    });

    it('stays where the shopper went back to', async () => {
      const list = await opened('catalog-list', '/c/ceramics');
      const { passed, open: answerNow } = gate();
      backend.gate = passed;
      go('/c/kilims');
      await waitUntil(() => backend.asked.at(-1) === '/api/catalog/products?category=kilims');
      go('/c/ceramics');
      await list.updateComplete;
      expect(list.ariaBusy).to.equal(null);
      answerNow();
      await allArrived(list);
      expect(textOf(find(list, 'h1'))).to.equal('Ceramics');
    });
  });

  it('asks again when pushed messages may have been missed, and keeps what is shown meanwhile', async () => {
    const list = await opened('catalog-list', '/c/kilims');
    emit(window, new ShellPushReset({}));
    await list.updateComplete;
    expect(list.ariaBusy).to.equal('true');
    expect(names(list)).to.have.length(2);
    await settled(list);
    expect(backend.asked).to.have.length(2);
  });

  it('keeps what is shown when asking again in vain, and says so when other goods were asked for', async () => {
    const list = await opened('catalog-list', '/c/kilims');
    backend.mood = 'failing';
    emit(window, new ShellPushReset({}));
    await list.updateComplete;
    await settled(list);
    expect(names(list)).to.have.length(2);
    go('/c/zellige');
    await settled(list);
    expect(textOf(find(list, '[role=alert] h1'))).to.equal('The shelves are out of reach');
  });

  it('begins a turned page where its products begin', async () => {
    const list = await opened('catalog-list', '/c/zellige');
    const next = find<HTMLAnchorElement>(list, '[rel=next]');
    next.addEventListener('click', (event) => event.preventDefault());
    next.scrollIntoView({ block: 'end' });
    const { top } = find(list, '.count').getBoundingClientRect();
    expect(top, 'out of sight').to.be.below(0);
    next.click();
    go(next.getAttribute('href')!);
    await settled(list);
    expect(list.shadowRoot!.activeElement).to.equal(find(list, '.count'));
    expect(find(list, '.count').getBoundingClientRect().top).to.be.at.least(0);
  });

  it('pays no heed to the addresses of other pages', async () => {
    const list = await opened('catalog-list', '/c/kilims');
    go('/p/fassi-lantern');
    await list.updateComplete;
    expect(list.ariaBusy).to.equal(null);
    expect(backend.asked).to.have.length(1);
  });

  it('is accessible as a shelf, as a search, and when nothing is found', async () => {
    for (const path of ['/c/zellige?option.Size=5+cm', '/search?q=lantern', '/search?q=submarine', '/c/none']) {
      await expect(await opened('catalog-list', path)).to.be.accessible();
    }
  });

  it('is accessible while it waits', async () => {
    backend.mood = 'silent';
    const list = open('catalog-list', '/c/zellige');
    await list.updateComplete;
    await expect(list).to.be.accessible();
  });
});
