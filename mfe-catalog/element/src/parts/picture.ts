import type { Picture } from '@souk/catalog-api';
import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';

/** How a picture is used where it stands. */
export interface PictureOptions {
  /** How wide it is shown, as in the attribute `sizes`. */
  readonly sizes: string;
  /** Worth fetching before everything else: the first picture of a page. */
  readonly first?: boolean;
  /** Says nothing beside a text that names the same thing. */
  readonly decorative?: boolean;
}

/** A picture with its size, so that nothing moves when it arrives. */
export function picture(shown: Picture | undefined, options: PictureOptions): TemplateResult {
  if (!shown) return html`<span class="no-picture" aria-hidden="true"></span>`;
  return html`<img
    src=${shown.src}
    srcset=${ifDefined(shown.srcset)}
    sizes=${ifDefined(shown.srcset ? options.sizes : undefined)}
    width=${shown.width}
    height=${shown.height}
    alt=${options.decorative ? '' : shown.alt}
    loading=${options.first ? 'eager' : 'lazy'}
    fetchpriority=${options.first ? 'high' : nothing}
    decoding="async"
  />`;
}
