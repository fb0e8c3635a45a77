import type { ProductList } from '@souk/catalog-api';
import { html, nothing, type TemplateResult } from 'lit';
import { categoryAddress } from '../addresses.ts';
import { chips } from './chips.ts';
import { withoutFacet, type Chosen } from './chosen.ts';
import { words } from '../words/index.ts';

/** An empty list says why, and where to go on: without one filter, with one word, or on the full shelves. */
export function nothingFound(
  address: URL,
  searched: string,
  { help }: ProductList,
  chosen: readonly Chosen[],
): TemplateResult {
  const said = words().nothing;
  const filtered = chosen.length > 0;
  return html`<section class="state">
    <h1>
      <bdi>${searched ? said.foundFor(searched) : filtered ? said.left : said.onShelf}</bdi>
    </h1>
    <p role="status">${filtered ? said.allAtOnce : searched ? said.fewerWords : said.elsewhere}</p>
    ${chips(address, chosen)}
    ${ways(
      said.takeBack,
      (help?.without ?? []).map(({ filter, count }) => ({
        href: withoutFacet(address, filter),
        text: said.without(nameOf(filter, chosen)),
        count,
      })),
    )}
    ${ways(
      said.oneWord,
      (help?.words ?? []).map(({ word, count }) => ({
        href: `/search?q=${encodeURIComponent(word)}`,
        text: word,
        count,
      })),
    )}
    ${ways(
      said.fullShelves,
      (help?.shelves ?? []).map(({ slug, title, count }) => ({ href: categoryAddress(slug), text: title, count })),
    )}
    <p><a class="button quiet" href="/search">${said.seeEverything}</a></p>
  </section>`;
}

interface Way {
  readonly href: string;
  readonly text: string;
  readonly count: number;
}

function ways(title: string, all: readonly Way[]): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  return html`<div class="ways">
    <h2>${title}</h2>
    <ul>
      ${all.map(
        ({ href, text, count }) =>
          html`<li>
            <a class="chip" href=${href}><bdi>${text}</bdi> <small>${count}</small></a>
          </li>`,
      )}
    </ul>
  </div>`;
}

function nameOf(filter: string, chosen: readonly Chosen[]): string {
  return chosen
    .filter((each) => each.filter === filter)
    .map(({ label }) => words().list.quoted(label))
    .join(words().nothing.or);
}
