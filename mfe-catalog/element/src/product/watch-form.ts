import { html, nothing, type TemplateResult } from 'lit';
import { words } from '../words/index.ts';

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
      ${isWatching ? words().watch.stop : words().watch.tellMe}
    </button>
    <div role="status">
      ${isWatching ? html`<p class="notice good">${words().watch.will}</p>` : nothing}
      ${kind === 'back' ? html`<p class="notice good">${words().watch.isBack}</p>` : nothing}
    </div>
    ${kind === 'failed' ? html`<p class="notice bad" role="alert">${words().watch.failed}</p>` : nothing}
  </div>`;
}
