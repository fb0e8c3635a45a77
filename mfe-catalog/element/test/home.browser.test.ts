import { expect, waitUntil } from '@open-wc/testing';
import { ShellLocaleChanged, emit, english } from '@souk/shared-events/browser';
import '../src/pages.ts';
import { backend, find, findAll, gate, open, opened, settled, textOf, useShop } from './shop.ts';

describe('the front of the shop', () => {
  useShop();

  it('leads to every shelf and to the first products', async () => {
    const home = await opened('catalog-home', '/');
    expect(findAll(home, '.shelf').map((link) => link.getAttribute('href'))).to.deep.equal([
      '/c/zellige',
      '/c/kilims',
      '/c/lanterns',
      '/c/ceramics',
    ]);
    expect(find(home, '.shelf[href="/c/zellige"]')).to.contain.text('30 products');
    expect(findAll(home, '.card')).to.have.length(8);
    expect(document.title).to.equal('Handmade from the workshops · Souk');
  });

  it('says that it is on its way, and has one heading throughout', async () => {
    const { passed, open: answerNow } = gate();
    backend.gate = passed;
    const home = open('catalog-home', '/');
    await home.updateComplete;
    expect(textOf(find(home, '[role=status]'))).to.equal('Opening the shop …');
    expect(home.ariaBusy).to.equal('true');
    expect(findAll(home, 'h1')).to.have.length(1);
    answerNow();
    await settled(home);
    expect(textOf(find(home, 'h1'))).to.equal('Made by hand, sold by the piece');
  });

  it('fetches the picture at the top first, and gives every picture its size', async () => {
    const home = await opened('catalog-home', '/');
    expect(find<HTMLImageElement>(home, '.hero img').fetchPriority).to.equal('high');
    expect(find<HTMLImageElement>(home, '.hero img').alt).to.equal('A courtyard full of goods');
    for (const image of findAll<HTMLImageElement>(home, 'img')) {
      expect(image.getAttribute('width'), image.src).to.match(/^\d+$/);
      expect(image.getAttribute('height'), image.src).to.match(/^\d+$/);
    }
  });

  it('is accessible', async () => {
    await expect(await opened('catalog-home', '/')).to.be.accessible();
  });

  it('is accessible while it waits', async () => {
    backend.mood = 'silent';
    const home = open('catalog-home', '/');
    await home.updateComplete;
    await expect(home).to.be.accessible();
  });

  it('speaks another language at once, title and prices too, and the first one again', async () => {
    const home = await opened('catalog-home', '/');
    const said = () => [textOf(find(home, 'h1')), textOf(findAll(home, '.card .price')[0]!), document.title];
    const before = said();
    emit(window, new ShellLocaleChanged({ ...english, locale: 'de', currency: 'USD', rate: 2 }));
    await waitUntil(() => said()[0] === 'Von Hand gemacht, einzeln verkauft', 'the front speaks German');
    expect(said()[1]).to.match(/≈ .+\$/);
    expect(document.title).to.equal('Handgemachtes aus den Werkstätten · Souk');
    emit(window, new ShellLocaleChanged(english));
    await waitUntil(() => said()[0] === before[0], 'the front speaks English again');
    expect(said()).to.deep.equal(before);
  });
});
