import type { Facets, ProductList } from '@souk/catalog-api';
import { html, nothing, type TemplateResult } from 'lit';
import { categoryAddress, withQuery } from '../addresses.ts';

/** More values than this are folded away, so that a long list does not push the next filter out of sight. */
const shownValues = 10;

/** More groups than this begin closed, unless something in them is chosen. */
const openGroups = 3;

const natural = new Intl.Collator('en', { numeric: true });

/** Ways to narrow the list down. Each is a link to the narrowed list, so it can be kept, sent and gone back from. */
export function filters(address: URL, { facets, category }: ProductList): TemplateResult | typeof nothing {
  const isSearch = category === undefined && facets.categories.length > 1;
  if (!isSearch && facets.options.length === 0) return nothing;
  const chosen = [...address.searchParams].filter(([name]) => name.startsWith('option.'));
  // Closed where there is little room; where there is more, the styles show what is in it and hide the summary.
  return html`<details class="fold">
    <summary>
      Filter${chosen.length > 0 ? html` <span class="chosen-count">${chosen.length} chosen</span>` : nothing}
    </summary>
    <nav class="filters" aria-label="Narrow down">
      ${
        chosen.length > 0
          ? html`<p>
              <a
                class="clear"
                href=${withQuery(address, Object.fromEntries(chosen.map(([name]) => [name, undefined])))}
              >
                Clear filters
              </a>
            </p>`
          : nothing
      }
      ${groupsOf(address, facets, isSearch).map(group)}
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
}

function groupsOf(address: URL, { categories, options }: Facets, isSearch: boolean): readonly Group[] {
  const shelf = {
    title: 'Shelf',
    choices: categories.map(({ slug, title, count }) => ({
      href: shelfAddress(address, slug),
      label: title,
      count,
      isChosen: false,
    })),
  };
  const groups = options.map(({ name, values }) => ({
    title: name,
    choices: inOrder(values).map(({ value, count }) => ({
      href: toggled(address, name, value),
      label: value,
      count,
      isChosen: address.searchParams.getAll(`option.${name}`).includes(value),
    })),
  }));
  return isSearch ? [shelf, ...groups] : groups;
}

/** Sizes and weights go by number; names stay in the order in which the shop gives them. */
function inOrder<Value extends { readonly value: string }>(values: readonly Value[]): readonly Value[] {
  return values.every(({ value }) => /^\d/.test(value))
    ? values.toSorted((a, b) => natural.compare(a.value, b.value))
    : values;
}

function group({ title, choices }: Group, index: number): TemplateResult {
  const folded = choices.slice(shownValues);
  return html`<details class="filter" ?open=${index < openGroups || choices.some(({ isChosen }) => isChosen)}>
    <summary>${title}</summary>
    <ul>
      ${choices.slice(0, shownValues).map((each) => html`<li>${choice(each)}</li>`)}
    </ul>
    ${
      folded.length > 0
        ? html`<details class="more" ?open=${folded.some(({ isChosen }) => isChosen)}>
            <summary>${folded.length} more</summary>
            <ul>
              ${folded.map((each) => html`<li>${choice(each)}</li>`)}
            </ul>
          </details>`
        : nothing
    }
  </details>`;
}

function choice({ href, label, count, isChosen }: Choice): TemplateResult {
  return html`<a class="choice" href=${href} aria-current=${isChosen ? 'true' : nothing}>
    <span class="tick" aria-hidden="true"></span>${label}<span class="choice-count">${count}</span>
  </a>`;
}

function toggled(address: URL, name: string, value: string): string {
  const values = address.searchParams.getAll(`option.${name}`);
  const others = values.filter((each) => each !== value);
  return withQuery(address, { [`option.${name}`]: others.length < values.length ? others : [...values, value] });
}

function shelfAddress(address: URL, slug: string): string {
  return withQuery(new URL(categoryAddress(slug) + address.search, address), {});
}
