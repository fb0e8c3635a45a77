import type { Product, ProductCard } from '@souk/catalog-api';
import { expect, it } from 'vitest';
import { cardsWithNews, withNews, type News, type Numbers } from './live.ts';

const news = (...numbers: Numbers[]): News => new Map(numbers.map((each) => [each.slug, each]));
const variant = (sku: string, priceCents: number, available: number) => ({ sku, priceCents, available });
const bowl = {
  slug: 'bowl',
  variants: [
    { ...variant('a', 100, 5), options: {}, currency: 'EUR' },
    { ...variant('b', 300, 1), options: {}, currency: 'EUR' },
  ],
} as unknown as Product;
const card = { slug: 'bowl', title: 'Bowl', priceCents: 100, priceToCents: 300, available: true } as ProductCard;

it('news of another product leave everything as it is', () => {
  const other = news({ slug: 'vase', variants: [variant('v', 1, 1)] });
  expect(withNews(bowl, other)).toBe(bowl);
  const cards = [card];
  expect(cardsWithNews(cards, other)).toBe(cards);
});

it('a product takes the numbers of each variant and keeps the rest', () => {
  const taken = withNews(bowl, news({ slug: 'bowl', variants: [variant('b', 250, 0), variant('a', 90, 7)] }));
  expect(taken?.variants).toEqual([
    { sku: 'a', priceCents: 90, available: 7, options: {}, currency: 'EUR' },
    { sku: 'b', priceCents: 250, available: 0, options: {}, currency: 'EUR' },
  ]);
});

it('a product whose variants are others now has to be asked for', () => {
  expect(withNews(bowl, news({ slug: 'bowl', variants: [variant('a', 90, 7)] }))).toBeUndefined();
  expect(withNews(bowl, news({ slug: 'bowl', variants: [] }))).toBeUndefined();
});

it('a card sums up what its variants say', () => {
  const [few] = cardsWithNews([card], news({ slug: 'bowl', variants: [variant('a', 90, 0), variant('b', 200, 3)] }))!;
  expect(few).toMatchObject({ title: 'Bowl', priceCents: 90, priceToCents: 200, available: true, lowStock: true });
  const [none] = cardsWithNews([card], news({ slug: 'bowl', variants: [variant('a', 90, 0)] }))!;
  expect(none).toMatchObject({ available: false, lowStock: false });
});

it('a list that shows what is not sold any more has to be asked for', () => {
  expect(cardsWithNews([card], news({ slug: 'bowl', variants: [] }))).toBeUndefined();
});
