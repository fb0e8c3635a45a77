import type { ProductList } from '@souk/catalog-api';
import { html, nothing, type TemplateResult } from 'lit';
import { categoryAddress, withQuery } from '../addresses.ts';

/** More values than this are folded away, so that a long list does not push the next filter out of sight. */
const shownValues = 10;

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
      ${
        isSearch
          ? group(
              'Shelf',
              facets.categories.map(({ slug, title, count }) =>
                choice(shelfAddress(address, slug), title, count, false),
              ),
            )
          : nothing
      }
      ${facets.options.map(({ name, values }) =>
        group(
          name,
          values.map(({ value, count }) => {
            const isChosen = address.searchParams.getAll(`option.${name}`).includes(value);
            return choice(toggled(address, name, value), value, count, isChosen);
          }),
        ),
      )}
    </nav>
  </details>`;
}

function group(title: string, choices: readonly TemplateResult[]): TemplateResult {
  return html`<details class="filter" open>
    <summary>${title}</summary>
    <ul>
      ${choices.slice(0, shownValues).map((each) => html`<li>${each}</li>`)}
    </ul>
    ${
      choices.length > shownValues
        ? html`<details class="more">
            <summary>${choices.length - shownValues} more</summary>
            <ul>
              ${choices.slice(shownValues).map((each) => html`<li>${each}</li>`)}
            </ul>
          </details>`
        : nothing
    }
  </details>`;
}

function choice(href: string, label: string, count: number, isChosen: boolean): TemplateResult {
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
