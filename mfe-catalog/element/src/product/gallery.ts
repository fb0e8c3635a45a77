import type { Picture, Product, Variant } from '@souk/catalog-api';
import { html, nothing, type TemplateResult } from 'lit';
import { picture } from '../parts/picture.ts';
import { words } from '../words/index.ts';

/** What a gallery asks for. */
export interface GalleryActions {
  /** Shows another picture large. */
  readonly show: (src: string) => void;
  /** Shows the large one as large as the window. */
  readonly enlarge: () => void;
}

/** The picture that is shown large: the one chosen, else the variant's own, else the first. */
export function largePicture({ pictures }: Product, variant: Variant, shown: string | undefined): Picture | undefined {
  const src = shown ?? variant.picture?.src;
  return pictures.find((each) => each.src === src) ?? pictures[0];
}

/**
 * The pictures of a product: one large, the others to choose from by button, arrow key or swipe. The large one leads to its
 * file, so it can be seen close before any script is there.
 */
export function gallery(product: Product, large: Picture | undefined, actions: GalleryActions): TemplateResult {
  const { pictures } = product;
  const shown = picture(large, { sizes: '(min-width: 56rem) 52vw, 92vw', first: true });
  if (!large) return html`<div class="gallery"><div class="stage">${shown}</div></div>`;
  const at = pictures.indexOf(large);
  const step = (by: number) => actions.show(pictures[(at + by + pictures.length) % pictures.length]!.src);
  const { start, end } = swipes(step);
  return html`<div class="gallery" @keydown=${(event: KeyboardEvent) => withArrows(event, step)}>
    <a
      class="stage"
      href=${large.src}
      aria-haspopup="dialog"
      @click=${(event: MouseEvent) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        actions.enlarge();
      }}
      @pointerdown=${start}
      @pointerup=${end}
      ><span class="visually-hidden">${words().product.enlarge} </span>${shown}<span
        class="enlarge"
        aria-hidden="true"
      ></span
    ></a>
    ${
      pictures.length > 1
        ? html`<ul class="thumbs" aria-label=${words().product.pictures}>
            ${pictures.map((each) => html`<li>${thumb(each, each === large, actions.show)}</li>`)}
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

/** In a text that runs from right to left the next one is on the left. */
function withArrows(event: KeyboardEvent, step: (by: number) => void): void {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  step(by * direction(event.currentTarget as Element));
}

/** A finger that moves further than this across means another picture. Pixels. */
const swipe = 40;

let fingerAt: number | undefined;

function swipes(step: (by: number) => void) {
  return {
    start: ({ pointerType, clientX }: PointerEvent) => (fingerAt = pointerType === 'touch' ? clientX : undefined),
    end: ({ clientX, currentTarget }: PointerEvent) => {
      const across = fingerAt === undefined ? 0 : clientX - fingerAt;
      fingerAt = undefined;
      if (Math.abs(across) > swipe) step(-Math.sign(across) * direction(currentTarget as Element));
    },
  };
}

function direction(element: Element): 1 | -1 {
  return getComputedStyle(element).direction === 'rtl' ? -1 : 1;
}
