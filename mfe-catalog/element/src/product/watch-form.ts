import { html, nothing, type TemplateResult } from 'lit';

/** Whether the shopper will hear when the variant is back. */
export interface Watching {
  readonly kind: 'idle' | 'pending' | 'watching' | 'back' | 'failed';
}

/** What somebody can do who wants what is sold out. */
export function watchForm({ kind }: Watching, watch: (wanted: boolean) => void): TemplateResult {
  const isWatching = kind === 'watching';
  return html`<div class="watch">
    <button
      class="button quiet"
      type="button"
      aria-disabled=${kind === 'pending' ? 'true' : nothing}
      @click=${() => watch(!isWatching)}
    >
      ${isWatching ? 'Do not tell me' : 'Tell me when it is back'}
    </button>
    <div role="status">
      ${isWatching ? html`<p class="notice good">We will tell you here, once, when it is back.</p>` : nothing}
      ${kind === 'back' ? html`<p class="notice good">It is back already.</p>` : nothing}
    </div>
    ${
      kind === 'failed'
        ? html`<p class="notice bad" role="alert">That did not work. Please try again in a moment.</p>`
        : nothing
    }
  </div>`;
}
