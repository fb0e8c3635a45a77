import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryAddress, homeSource, listSource, productAddress, productSource, withQuery } from './addresses.ts';

const at = (path: string) => new URL(path, 'https://souk.example');

describe('which API path answers for an address', () => {
  it.each([
    ['/', '/api/catalog/home', undefined, undefined],
    ['/?utm=x', '/api/catalog/home', undefined, undefined],
    ['/c/zellige', undefined, '/api/catalog/products?category=zellige', undefined],
    ['/c/zellige?page=2', undefined, '/api/catalog/products?page=2&category=zellige', undefined],
    ['/search?q=blue+bowl', undefined, '/api/catalog/products?q=blue+bowl', undefined],
    ['/search', undefined, '/api/catalog/products?', undefined],
    ['/p/safi-bowl?variant=x', undefined, undefined, '/api/catalog/products/safi-bowl'],
    ['/cart', undefined, undefined, undefined],
    ['/searching', undefined, undefined, undefined],
  ])('%s', (path, home, list, product) => {
    expect([homeSource(at(path)), listSource(at(path)), productSource(at(path))]).toEqual([home, list, product]);
  });

  it('takes the shelf from the path, not from a query that names another', () => {
    expect(listSource(at('/c/kilims?category=spices'))).toBe('/api/catalog/products?category=kilims');
  });

  it('does not fail on a path that is no proper encoding', () => {
    expect(productSource(at('/p/50%'))).toBe('/api/catalog/products/50%25');
    expect(listSource(at('/c/%E0%A4%A'))).toBe('/api/catalog/products?category=%25E0%25A4%25A');
  });

  it('finds every slug and sku again in the address that it makes of them', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((each) => !/^\.{1,2}$/.test(each));
    fc.assert(
      fc.property(text, text, (slug, sku) => {
        const address = at(productAddress(slug, sku));
        expect(address.searchParams.get('variant')).toBe(sku);
        expect(productSource(address)).toBe(`/api/catalog/products/${encodeURIComponent(slug)}`);
        expect(new URL(listSource(at(categoryAddress(slug)))!, address).searchParams.get('category')).toBe(slug);
      }),
    );
  });
});

describe('an address with another query', () => {
  it('sets, replaces and takes away, and begins at the first page again', () => {
    const address = at('/c/zellige?sort=title&page=3&option.Size=5+cm');
    expect(withQuery(address, { sort: 'price-asc' })).toBe('/c/zellige?option.Size=5+cm&sort=price-asc');
    expect(withQuery(address, { sort: undefined })).toBe('/c/zellige?option.Size=5+cm');
    expect(withQuery(address, { page: '4' })).toBe('/c/zellige?sort=title&option.Size=5+cm&page=4');
    expect(withQuery(address, { 'option.Size': ['5 cm', '10 cm'] })).toBe(
      '/c/zellige?sort=title&option.Size=5+cm&option.Size=10+cm',
    );
  });

  it('has no question mark when nothing is left to ask', () => {
    expect(withQuery(at('/search?page=2'), {})).toBe('/search');
    expect(withQuery(at('/search?q=x'), { q: [] })).toBe('/search');
  });

  it('leaves the address that it was given alone', () => {
    const address = at('/search?q=x&page=2');
    withQuery(address, { q: undefined });
    expect(address.href).toBe('https://souk.example/search?q=x&page=2');
  });
});
