import { expect } from '@open-wc/testing';
import { ask, CatalogDescribeProduct } from '@souk/shared-events/browser';
import { products } from '../../playground/goods.ts';
import '../src/describe.ts';
import { backend, useShop } from './shop.ts';

const describeProduct = (slug: string) => ask(window, new CatalogDescribeProduct({ slug }));

describe('What the catalogue says of a product to who shows it as a card', () => {
  useShop();

  it('is its name, what it costs from and to, whether any of it can be bought, and its smallest picture.', async () => {
    const lantern = products.find(({ slug }) => slug === 'fassi-lantern')!;
    const prices = lantern.variants.map(({ priceCents }) => priceCents);
    const { src, width, height } = lantern.pictures[0]!;
    expect(await describeProduct('fassi-lantern')).to.deep.equal({
      product: {
        title: 'Fassi lantern',
        priceCents: Math.min(...prices),
        priceToCents: Math.max(...prices),
        currency: 'EUR',
        available: lantern.variants.some(({ available }) => available > 0),
        picture: { src, width, height },
      },
    });
  });

  it('is that it is not sold, where there is none.', async () => {
    expect(await describeProduct('no-such-thing')).to.deep.equal({ product: null });
  });

  it('is nothing while its backend does not answer: who asks is refused.', async () => {
    backend.mood = 'failing';
    const error: unknown = await describeProduct('fassi-lantern').catch((refused: unknown) => refused);
    expect(error).to.include({ name: 'RequestFailed' });
  });
});
