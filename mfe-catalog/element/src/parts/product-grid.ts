import type { ProductCard } from '@souk/catalog-api';
import { html, nothing, type TemplateResult } from 'lit';
import { productAddress } from '../addresses.ts';
import { picture } from './picture.ts';
import { priceOf } from './price.ts';
import { words } from '../words/index.ts';

const sizes = '(min-width: 1200px) 280px, (min-width: 720px) 30vw, 46vw';

/** Products as cards; each is one link. */
export function productGrid(products: readonly ProductCard[], { firstRow = 0 } = {}): TemplateResult {
  return html`<ul class="grid">
    ${products.map((product, index) => html`<li>${card(product, index < firstRow)}</li>`)}
  </ul>`;
}

function card(product: ProductCard, first: boolean): TemplateResult {
  return html`<a class="card ${product.available ? '' : 'sold-out'}" href=${productAddress(product.slug)}>
    <span class="frame">
      ${picture(product.picture, { sizes, first, decorative: true })}
      ${product.available ? nothing : html`<span class="badge">${words().soldOut}</span>`}
      ${product.lowStock ? html`<span class="badge warm">${words().fewLeft}</span>` : nothing}
    </span>
    <span class="name"><bdi>${product.title}</bdi></span>
    <span class="price">${priceOf(product)}</span>
  </a>`;
}

/** Cards without anything on them yet. */
export function gridSkeleton(count: number): TemplateResult {
  const blank = html`<li>
    <span class="card" aria-hidden="true">
      <span class="frame blank"></span><span class="line blank"></span><span class="line short blank"></span>
    </span>
  </li>`;
  return html`<ul class="grid">
    ${Array.from({ length: count }, () => blank)}
  </ul>`;
}
