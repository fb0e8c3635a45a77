import type { Product } from '@souk/catalog-api';
import { expect, it } from 'vitest';
import { summaryOf } from './summary.ts';

const variant = { sku: 'B-1', options: {}, priceCents: 900, currency: 'EUR', available: 0 };
const picture = { src: '/b-720.webp', width: 720, height: 540, alt: 'A bowl' };
const bowl: Product = {
  ...{ slug: 'bowl', title: 'Bowl', description: '', vendor: '', details: [], tags: [], options: [] },
  ...{ category: { slug: 'bowls', title: 'Bowls' }, variants: [variant], pictures: [picture] },
  related: { together: [], similar: [] },
};

it('says the lowest and the highest price, and that any variant can be bought', () => {
  const variants = [variant, { ...variant, sku: 'B-2', priceCents: 400, available: 1 }];
  expect(summaryOf({ ...bowl, variants })).toMatchObject({ priceCents: 400, priceToCents: 900, available: true });
  expect(summaryOf(bowl)).toMatchObject({ priceCents: 900, priceToCents: 900, available: false });
});

it('shows the narrowest file of the first picture, and none where there is none', () => {
  const srcset = '/b-720.webp 720w, /b-360.webp?v=1 360w, /b-1440.webp 1440w';
  const shown = summaryOf({ ...bowl, pictures: [{ ...picture, srcset }, picture] });
  expect(shown?.picture).toEqual({ src: '/b-360.webp?v=1', width: 720, height: 540 });
  expect(summaryOf(bowl)?.picture).toEqual({ src: '/b-720.webp', width: 720, height: 540 });
  expect(summaryOf({ ...bowl, pictures: [] })?.picture).toBeNull();
});
