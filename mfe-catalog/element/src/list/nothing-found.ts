import { html, type TemplateResult } from 'lit';

/** An empty list says why, and where to go on. */
export function nothingFound(address: URL, words: string): TemplateResult {
  const filtered = [...address.searchParams.keys()].some((name) => name.startsWith('option.'));
  return html`<section class="state">
    <h1>${words ? html`Nothing found for “${words}”` : 'This shelf is empty'}</h1>
    <p role="status">
      ${words ? 'Try fewer or more general words: “bowl” instead of “blue fruit bowl”.' : 'Come back in a while, or look elsewhere.'}
    </p>
    ${filtered ? html`<p><a class="button" href=${words ? `/search?q=${encodeURIComponent(words)}` : address.pathname}>Clear filters</a></p>` : ''}
    <p><a class="button quiet" href="/search">See everything</a></p>
  </section>`;
}
