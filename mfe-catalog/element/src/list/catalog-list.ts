import type { ProductList } from '@souk/catalog-api';
import { html, nothing, type TemplateResult } from 'lit';
import { listSource } from '../addresses.ts';
import { CatalogPage } from '../catalog-page.ts';
import { gridSkeleton, productGrid } from '../parts/product-grid.ts';
import { base } from '../styles/base.ts';
import { grid } from '../styles/grid.ts';
import { list } from '../styles/list.ts';
import { filters } from './filters.ts';
import { nothingFound } from './nothing-found.ts';
import { pages } from './pages.ts';
import { sorting } from './sorting.ts';

/**
 * A shelf, or what a search found: products to narrow down, sort and leaf through. Every state of it is an address.
 * @element catalog-list
 * @fires shell:navigate - asks for the list in another order
 */
export class CatalogList extends CatalogPage<ProductList> {
  static override styles = [base, grid, list];
  protected readonly sourceOf = listSource;

  protected titleOf({ category }: ProductList): string {
    return category?.title ?? (this.#words ? `“${this.#words}”` : 'Everything in the shop');
  }

  protected renderData(data: ProductList): TemplateResult {
    const { category, total, products } = data;
    if (total === 0) return nothingFound(this.address, this.#words);
    return html`
      <header class="list-header">
        <h1>${this.titleOf(data)}</h1>
        ${category?.description ? html`<p class="lead">${category.description}</p>` : nothing}
      </header>
      <div class="list-body">
        ${filters(this.address, data)}
        <section aria-label="Products">
          <div class="bar">
            <p class="count" role="status">${total} ${total === 1 ? 'product' : 'products'}</p>
            ${sorting(this.address, this.#words !== '')}
          </div>
          ${productGrid(products, { firstRow: 4 })} ${pages(this.address, data)}
        </section>
      </div>
    `;
  }

  protected renderSkeleton(): TemplateResult {
    return html`<h1 class="visually-hidden">Products</h1>
      <p class="visually-hidden" role="status">Looking along the shelves …</p>
      <div class="heading blank" aria-hidden="true"></div>
      <div class="list-body">
        <div class="filters blank" aria-hidden="true"></div>
        ${gridSkeleton(12)}
      </div>`;
  }

  get #words(): string {
    return this.address.searchParams.get('q')?.trim() ?? '';
  }
}
