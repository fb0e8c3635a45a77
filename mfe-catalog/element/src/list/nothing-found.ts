import type { ProductList } from '@souk/catalog-api';
import { html, nothing, type TemplateResult } from 'lit';
import { categoryAddress } from '../addresses.ts';
import { chips } from './chips.ts';
import { withoutFacet, type Chosen } from './chosen.ts';

/** An empty list says why, and where to go on: without one filter, with one word, or on the full shelves. */
export function nothingFound(
  address: URL,
  words: string,
  { help }: ProductList,
  chosen: readonly Chosen[],
): TemplateResult {
  const filtered = chosen.length > 0;
  return html`<section class="state">
    <h1>
      ${words ? html`Nothing found for “<bdi>${words}</bdi>”` : filtered ? 'Nothing is left' : 'This shelf is empty'}
    </h1>
    <p role="status">${filtered ? 'Nothing has all of this at once.' : adviceOn(words)}</p>
    ${chips(address, chosen)}
    ${ways(
      'Take one back',
      (help?.without ?? []).map(({ filter, count }) => ({
        href: withoutFacet(address, filter),
        text: `Without ${nameOf(filter, chosen)}`,
        count,
      })),
    )}
    ${ways(
      'Search for one word',
      (help?.words ?? []).map(({ word, count }) => ({
        href: `/search?q=${encodeURIComponent(word)}`,
        text: word,
        count,
      })),
    )}
    ${ways(
      'Shelves that are full',
      (help?.shelves ?? []).map(({ slug, title, count }) => ({ href: categoryAddress(slug), text: title, count })),
    )}
    <p><a class="button quiet" href="/search">See everything</a></p>
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
            <a class="chip" href=${href}>${text} <small>${count}</small></a>
          </li>`,
      )}
    </ul>
  </div>`;
}

function adviceOn(words: string): string {
  return words
    ? 'Try fewer or more general words: “bowl” instead of “blue fruit bowl”.'
    : 'Come back in a while, or look elsewhere.';
}

function nameOf(filter: string, chosen: readonly Chosen[]): string {
  return chosen
    .filter((each) => each.filter === filter)
    .map(({ label }) => `“${label}”`)
    .join(' or ');
}
