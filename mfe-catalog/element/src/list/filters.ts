import type { Facets, ProductList } from '@souk/catalog-api';
import { html, nothing, type TemplateResult } from 'lit';
import { withQuery } from '../addresses.ts';
import { isShelf, rangeLabel, toggled, withoutFacet, type Chosen } from './chosen.ts';
import { priceForm } from './price-form.ts';
import { words } from '../words/index.ts';

/** More values than this are folded away, so that a long list does not push the next filter out of sight. */
const shownValues = 8;

/** More groups than this begin closed, unless something in them is chosen. */
const openGroups = 4;

const natural = new Intl.Collator('en', { numeric: true });

/** Ways to narrow the list down. Each is a link to the narrowed list, so it can be kept, sent and gone back from. */
export function filters(
  address: URL,
  { facets, total }: ProductList,
  chosen: readonly Chosen[],
): TemplateResult | typeof nothing {
  const groups = groupsOf(address, facets, total).filter(({ choices }) => choices.length > 0);
  if (groups.length === 0) return nothing;
  // Closed where there is little room; where there is more, the styles show what is in it and hide the summary.
  return html`<details class="fold">
    <summary>
      ${words().filter.label}${
        chosen.length > 0
          ? html` <span class="chosen-count">${words().filter.chosenCount(chosen.length)}</span>`
          : nothing
      }
    </summary>
    <nav class="filters" aria-label=${words().filter.narrow}>
      ${groups.map((each, index) => group(each, index, address))}
    </nav>
  </details>`;
}

interface Choice {
  readonly href: string;
  readonly label: string;
  readonly count: number;
  readonly isChosen: boolean;
}

interface Group {
  readonly title: string;
  readonly choices: readonly Choice[];
  readonly isPrice?: boolean;
}

function groupsOf(address: URL, facets: Facets, total: number): readonly Group[] {
  const { categories, vendors, prices, inStock, options } = facets;
  const has = (name: string, value: string) => address.searchParams.getAll(name).includes(value);
  const choice = (name: string, value: string, label: string, count: number): Choice => ({
    ...{ href: toggled(address, name, value), label, count, isChosen: has(name, value) },
  });
  /** One value that everything has narrows nothing down. */
  const several = (choices: readonly Choice[]) =>
    choices.length > 1 || choices.some(({ isChosen }) => isChosen) ? choices : [];

  const said = words().filter;
  const onlyInStock = choice('inStock', '1', said.inStock, inStock);
  return [
    {
      title: said.shelf,
      choices: isShelf(address)
        ? []
        : several(categories.map(({ slug, title, count }) => choice('category', slug, title, count))),
    },
    {
      title: said.price,
      isPrice: true,
      choices: several(prices.map((range) => priceChoice(address, range))),
    },
    { title: said.availability, choices: onlyInStock.isChosen || inStock < total ? [onlyInStock] : [] },
    { title: said.maker, choices: several(vendors.map(({ value, count }) => choice('vendor', value, value, count))) },
    ...options.map(({ name, values }) => ({
      title: name,
      choices: inOrder(values).map(({ value, count }) => choice(`option.${name}`, value, value, count)),
    })),
  ];
}

function priceChoice(address: URL, { fromCents, toCents, count }: Facets['prices'][number]): Choice {
  const minPrice = fromCents === 0 ? undefined : String(fromCents / 100);
  const maxPrice = toCents === undefined ? undefined : String(toCents / 100);
  const { searchParams } = address;
  const isChosen =
    (searchParams.get('minPrice') ?? undefined) === minPrice &&
    (searchParams.get('maxPrice') ?? undefined) === maxPrice;
  const href = isChosen ? withoutFacet(address, 'price') : withQuery(address, { minPrice, maxPrice });
  return { href, label: rangeLabel(fromCents, toCents), count, isChosen };
}

/** Sizes and weights go by number; names stay in the order in which the shop gives them. */
function inOrder<Value extends { readonly value: string }>(values: readonly Value[]): readonly Value[] {
  return values.every(({ value }) => /^\d/.test(value))
    ? values.toSorted((a, b) => natural.compare(a.value, b.value))
    : values;
}

function group({ title, choices, isPrice = false }: Group, index: number, address: URL): TemplateResult {
  const folded = choices.slice(shownValues);
  return html`<details class="filter" ?open=${index < openGroups || choices.some(({ isChosen }) => isChosen)}>
    <summary><bdi>${title}</bdi></summary>
    <ul>
      ${choices.slice(0, shownValues).map((each) => html`<li>${choice(each)}</li>`)}
    </ul>
    ${isPrice ? priceForm(address) : nothing}
    ${
      folded.length > 0
        ? html`<details class="more" ?open=${folded.some(({ isChosen }) => isChosen)}>
            <summary>${words().filter.more(folded.length)}</summary>
            <ul>
              ${folded.map((each) => html`<li>${choice(each)}</li>`)}
            </ul>
          </details>`
        : nothing
    }
  </details>`;
}

function choice({ href, label, count, isChosen }: Choice): TemplateResult {
  return html`<a class="choice ${count === 0 ? 'none' : ''}" href=${href} aria-current=${isChosen ? 'true' : nothing}>
    <span class="tick" aria-hidden="true"></span><bdi>${label}</bdi><span class="choice-count">${count}</span>
  </a>`;
}
