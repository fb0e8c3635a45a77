import { html, type TemplateResult } from 'lit';

/** The backend did not answer: say so, and offer to ask again. */
export function failed(retry: () => void, busy: boolean): TemplateResult {
  return html`<section class="state" role="alert">
    <h1>The shelves are out of reach</h1>
    <p>The shop did not answer. Your cart is safe; try again in a moment.</p>
    <button class="button" ?disabled=${busy} @click=${retry}>${busy ? 'Asking …' : 'Try again'}</button>
  </section>`;
}

/** There is nothing at this address. */
export function missing(): TemplateResult {
  return html`<section class="state">
    <h1>There is nothing here</h1>
    <p>What stood at this address is no longer sold, or never was.</p>
    <p><a class="button" href="/">See what there is</a></p>
  </section>`;
}
