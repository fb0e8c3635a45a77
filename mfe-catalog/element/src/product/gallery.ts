import type { Picture, Product, Variant } from '@souk/catalog-api';
import { html, nothing, type TemplateResult } from 'lit';
import { picture } from '../parts/picture.ts';

/** The pictures of a product: one large, the others to choose from. The chosen variant's own comes first. */
export function gallery(
  { pictures }: Product,
  variant: Variant,
  shown: string | undefined,
  show: (src: string) => void,
): TemplateResult {
  const large = pictures.find(({ src }) => src === shown) ?? variant.picture ?? pictures[0];
  return html`<div class="gallery">
    <div class="stage">${picture(large, { sizes: '(min-width: 56rem) 52vw, 92vw', first: true })}</div>
    ${
      pictures.length > 1
        ? html`<ul class="thumbs" aria-label="Pictures">
            ${pictures.map((each) => html`<li>${thumb(each, each.src === large?.src, show)}</li>`)}
          </ul>`
        : nothing
    }
  </div>`;
}

function thumb(each: Picture, isShown: boolean, show: (src: string) => void): TemplateResult {
  return html`<button
    type="button"
    class="thumb"
    aria-pressed=${isShown ? 'true' : 'false'}
    @click=${() => show(each.src)}
  >
    ${picture(each, { sizes: '72px' })}
  </button>`;
}
