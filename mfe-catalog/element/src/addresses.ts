/** What the catalogue's pages are called and which API path answers for each: the one place that knows both. */

/** API path for an address of the shop; nothing when that address is another page's. */
export type SourceOf = (address: URL) => string | undefined;

/** The front of the shop. */
export const homeSource: SourceOf = ({ pathname }) => (pathname === '/' ? '/api/catalog/home' : undefined);

/** A shelf or a search. Filters, sort order and page stand in the query of the address just as the API takes them. */
export const listSource: SourceOf = ({ pathname, search }) => {
  const query = new URLSearchParams(search);
  const category = pathname.startsWith('/c/') ? lastSegment(pathname) : undefined;
  if (category === undefined && pathname !== '/search') return undefined;
  if (category !== undefined) query.set('category', category);
  return `/api/catalog/products?${query}`;
};

/** One product; which variant is chosen is no question to the API. */
export const productSource: SourceOf = ({ pathname }) => {
  if (!pathname.startsWith('/p/')) return undefined;
  return `/api/catalog/products/${encodeURIComponent(lastSegment(pathname))}`;
};

/** Where a product stands in the shop, with one of its variants chosen when a sku is given. */
export function productAddress(slug: string, sku?: string): string {
  return `/p/${encodeURIComponent(slug)}${sku === undefined ? '' : `?variant=${encodeURIComponent(sku)}`}`;
}

/** Where a shelf stands in the shop. */
export function categoryAddress(slug: string): string {
  return `/c/${encodeURIComponent(slug)}`;
}

/** The address with some parameters of its query set, or taken away (`undefined`); the page number starts anew. */
export function withQuery(
  address: URL,
  changes: Readonly<Record<string, string | readonly string[] | undefined>>,
): string {
  const query = new URLSearchParams(address.search);
  query.delete('page');
  for (const [name, value] of Object.entries(changes)) {
    query.delete(name);
    for (const each of value === undefined ? [] : [value].flat()) query.append(name, each);
  }
  return query.size === 0 ? address.pathname : `${address.pathname}?${query}`;
}

function lastSegment(pathname: string): string {
  const segment = pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
