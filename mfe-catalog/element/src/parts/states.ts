import { html, type TemplateResult } from 'lit';
import { categoryAddress } from '../addresses.ts';
import type { Former } from '../get-json.ts';

/** The backend did not answer: say so, and offer to ask again. */
export function failed(retry: () => void, busy: boolean): TemplateResult {
  return html`<section class="state" role="alert">
    <h1>The shelves are out of reach</h1>
    <p>The shop did not answer. Your cart is safe; try again in a moment.</p>
    <button class="button" ?disabled=${busy} @click=${retry}>${busy ? 'Asking …' : 'Try again'}</button>
  </section>`;
}

/** There is nothing at this address; not any more, where it is known what stood here. */
export function missing(former?: Former): TemplateResult {
  if (former)
    return html`<section class="state">
      <h1>“<bdi>${former.title}</bdi>” is no longer sold</h1>
      <p>Others that are much like it stand on the same shelf.</p>
      <p><a class="button" href=${categoryAddress(former.category.slug)}>${former.category.title}</a></p>
      <p><a href="/search">See everything</a></p>
    </section>`;
  return html`<section class="state">
    <h1>There is nothing here</h1>
    <p>What stood at this address is no longer sold, or never was.</p>
    <p><a class="button" href="/">See what there is</a></p>
    <p><a href="/search">Search the whole shop</a></p>
  </section>`;
}
