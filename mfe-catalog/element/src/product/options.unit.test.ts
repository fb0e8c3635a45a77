import type { Product, Variant } from '@souk/catalog-api';
import { describe, expect, it } from 'vitest';
import { chosenVariant, leadsTo } from './options.ts';

const variant = (glaze: string, size: string, available = 1): Variant => ({
  sku: `${glaze}-${size}`,
  options: { Glaze: glaze, Size: size },
  priceCents: 100,
  currency: 'EUR',
  available,
});
const bowl = (...variants: Variant[]) => ({ variants }) as Product;
const at = (query: string) => new URL(`https://souk.example/p/bowl${query}`);

describe('the chosen variant', () => {
  const product = bowl(variant('blue', 's', 0), variant('blue', 'l'), variant('green', 's'));

  it('is the one that the address names, even when it is sold out', () => {
    expect(chosenVariant(product, at('?variant=blue-s')).sku).toBe('blue-s');
    expect(chosenVariant(product, at('?variant=green-s')).sku).toBe('green-s');
  });

  it('is the first that can be bought when the address names none, or one that is not made', () => {
    expect(chosenVariant(product, at('')).sku).toBe('blue-l');
    expect(chosenVariant(product, at('?variant=red-s')).sku).toBe('blue-l');
  });

  it('is the first when all are sold out', () => {
    expect(chosenVariant(bowl(variant('blue', 's', 0), variant('green', 's', 0)), at('')).sku).toBe('blue-s');
  });
});

describe('where a value leads', () => {
  const variants = [variant('blue', 's'), variant('blue', 'l'), variant('green', 'l'), variant('green', 'm', 0)];
  const chosen = variants[0]!;

  it('keeps the other options where that is made', () => {
    expect(leadsTo(variants, chosen, 'Size', 'l')?.sku).toBe('blue-l');
    expect(leadsTo(variants, variants[1]!, 'Glaze', 'green')?.sku).toBe('green-l');
  });

  it('leads to the chosen variant itself for its own value', () => {
    expect(leadsTo(variants, chosen, 'Size', 's')?.sku).toBe('blue-s');
  });

  it('changes the others where it must, rather to what can be bought', () => {
    const more = [...variants, variant('red', 'xs', 0), variant('red', 'm')];
    expect(leadsTo(more, chosen, 'Glaze', 'red')?.sku).toBe('red-m');
    expect(leadsTo(more, chosen, 'Glaze', 'green')?.sku).toBe('green-l');
  });

  it('leads to what is sold out when nothing else has the value, and nowhere when nothing has it', () => {
    expect(leadsTo(variants, chosen, 'Size', 'm')?.sku).toBe('green-m');
    expect(leadsTo(variants, chosen, 'Size', 'xl')).toBeUndefined();
  });
});
