import { exactMoney } from '@souk/shared-events/browser';
import { withQuery } from '../addresses.ts';
import { words } from '../words/index.ts';

/** Something that the list is narrowed down by. */
export interface Chosen {
  /** Name of the facet, as the API tells it: `category`, `vendor`, `price`, `inStock`, `option.<name>`. */
  readonly filter: string;
  /** As the shopper reads it. */
  readonly label: string;
  /** The list without it. */
  readonly href: string;
}

/** The address asks for a shelf by its path: then that is the page, and no filter. */
export const isShelf = (address: URL): boolean => address.pathname.startsWith('/c/');

const isFilter = (name: string): boolean =>
  ['category', 'vendor', 'minPrice', 'maxPrice', 'inStock'].includes(name) || name.startsWith('option.');

/** Everything that is chosen, in the order of the address. @param titleOf what a shelf is called */
export function chosenIn(address: URL, titleOf: (category: string) => string): readonly Chosen[] {
  const chosen: Chosen[] = [];
  const { searchParams } = address;
  for (const [name, value] of searchParams) {
    const isAgain = isShelf(address) && name === 'category';
    if (!isFilter(name) || isAgain || value === '') continue;
    const href = without(address, name, value);
    if (name === 'category') chosen.push({ filter: name, label: titleOf(value), href });
    else if (name === 'inStock') chosen.push({ filter: name, label: words().filter.inStock, href });
    else if (name === 'minPrice' || name === 'maxPrice') {
      if (!chosen.some(({ filter }) => filter === 'price')) chosen.push(chosenPrice(address));
    } else chosen.push({ filter: name, label: value, href });
  }
  return chosen;
}

/** The list without anything chosen; words and order stay. */
export function withoutAll(address: URL): string {
  const names = [...address.searchParams.keys()].filter(isFilter);
  return withQuery(address, Object.fromEntries(names.map((name) => [name, undefined])));
}

/** The address without one value of a parameter. */
export function without(address: URL, name: string, value: string): string {
  return withQuery(address, { [name]: address.searchParams.getAll(name).filter((each) => each !== value) });
}

/** The address without a facet, by the name that the API tells. */
export function withoutFacet(address: URL, filter: string): string {
  return withQuery(
    address,
    filter === 'price' ? { minPrice: undefined, maxPrice: undefined } : { [filter]: undefined },
  );
}

/** The address with one more value of a parameter, or one fewer where it has it. */
export function toggled(address: URL, name: string, value: string): string {
  const values = address.searchParams.getAll(name);
  return values.includes(value) ? without(address, name, value) : withQuery(address, { [name]: [...values, value] });
}

/** A range of prices in words. Cents of EUR, in which goods are priced and found. */
export function rangeLabel(from: number | undefined, to: number | undefined): string {
  const { andMore, upTo, range } = words().filter;
  if (to === undefined) return andMore(exactMoney(from ?? 0));
  return from === undefined || from === 0 ? upTo(exactMoney(to)) : range(exactMoney(from), exactMoney(to));
}

function chosenPrice(address: URL): Chosen {
  const cents = (name: string) => {
    const text = address.searchParams.get(name);
    return text === null || text === '' ? undefined : Math.round(Number(text) * 100);
  };
  const label = rangeLabel(cents('minPrice'), cents('maxPrice'));
  return { filter: 'price', label, href: withoutFacet(address, 'price') };
}
