import type { ProductList } from '@souk/catalog-api';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { listSource, withQuery } from '../addresses.ts';
import { CatalogPage } from '../catalog-page.ts';
import { cardsWithNews, type News } from '../live.ts';
import { gridSkeleton, productGrid } from '../parts/product-grid.ts';
import { base } from '../styles/base.ts';
import { grid } from '../styles/grid.ts';
import { list } from '../styles/list.ts';
import { narrowing } from '../styles/narrowing.ts';
import { chips } from './chips.ts';
import { chosenIn, isShelf } from './chosen.ts';
import { filters } from './filters.ts';
import { nothingFound } from './nothing-found.ts';
import { pages } from './pages.ts';
import { sortIn, sorting } from './sorting.ts';
import { words } from '../words/index.ts';

/**
 * A shelf, or what a search found: products to narrow down, sort and leaf through. Every state of it is an address.
 * @element catalog-list
 * @fires shell:navigate - asks for the list in another order
 */
export class CatalogList extends CatalogPage<ProductList> {
  static override styles = [base, grid, list, narrowing];
  protected readonly sourceOf = listSource;

  /** Address of the page that the shopper has turned to. */
  #turnedTo: string | undefined;
  #chosenEarly: string | undefined;

  /** Whoever chose an order before this element took over, gets it: taking over sets the field to what was rendered. */
  protected override firstUpdated(): void {
    const early = this.#chosenEarly;
    const select = this.renderRoot.querySelector<HTMLSelectElement>('#sort');
    if (!select || early === undefined || early === sortIn(this.address)) return;
    select.value = early;
    select.dispatchEvent(new Event('change'));
  }

  protected override willUpdate(): void {
    if (!this.hasUpdated) this.#chosenEarly = this.shadowRoot?.querySelector<HTMLSelectElement>('#sort')?.value;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (!changed.has('shown') || this.address.href !== this.#turnedTo) return;
    this.#turnedTo = undefined;
    // The link stands below what it leads to. The count is where the products begin.
    const start = this.renderRoot.querySelector<HTMLElement>('.count');
    start?.focus({ preventScroll: true });
    start?.scrollIntoView({ block: 'start' });
  }

  protected titleOf({ category }: ProductList): string {
    const shelf = isShelf(this.address) ? category : undefined;
    const { quoted, everything } = words().list;
    return shelf?.title ?? (this.#words ? quoted(this.#words) : everything);
  }

  protected withNews(data: ProductList, news: News): ProductList | undefined {
    const products = cardsWithNews(data.products, news);
    if (products === data.products) return data;
    return products && { ...data, products: [...products] };
  }

  protected renderData(data: ProductList): TemplateResult {
    const { category, total, products, correctedTo } = data;
    const titles = new Map(data.facets.categories.map(({ slug, title }) => [slug, title]));
    const chosen = chosenIn(this.address, (slug) => titles.get(slug) ?? slug);
    if (total === 0) return nothingFound(this.address, this.#words, data, chosen);
    return html`
      <header class="list-header">
        <h1><bdi>${this.titleOf(data)}</bdi></h1>
        ${isShelf(this.address) && category?.description ? html`<p class="lead"><bdi>${category.description}</bdi></p>` : nothing}
        ${
          correctedTo === undefined
            ? nothing
            : html`<p class="lead corrected">
                ${words().list.corrected}
                <a href=${withQuery(this.address, { q: correctedTo })}><bdi>${words().list.quoted(correctedTo)}</bdi></a
                >.
              </p>`
        }
      </header>
      <div class="list-body">
        ${filters(this.address, data, chosen)}
        <section aria-label=${words().list.heading}>
          <div class="bar">
            <p class="count" role="status" tabindex="-1">${words().products(total)}</p>
            ${sorting(this.address, this.#words !== '')}
          </div>
          ${chips(this.address, chosen)} ${productGrid(products, { firstRow: 4 })}
          ${pages(this.address, data, (href) => (this.#turnedTo = href))}
        </section>
      </div>
    `;
  }

  protected renderSkeleton(): TemplateResult {
    return html`<h1 class="visually-hidden">${words().list.heading}</h1>
      <p class="visually-hidden" role="status">${words().list.looking}</p>
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
