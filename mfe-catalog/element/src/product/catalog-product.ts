import type { Product, Variant } from '@souk/catalog-api';
import {
  ask,
  BellWatchProduct,
  CartAddItem,
  CatalogProductViewed,
  ChatOpen,
  emit,
  money,
  RequestFailed,
} from '@souk/shared-events/browser';
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { categoryAddress, productSource } from '../addresses.ts';
import { CatalogPage } from '../catalog-page.ts';
import { cardsWithNews, withNews, type News } from '../live.ts';
import { productGrid } from '../parts/product-grid.ts';
import { base } from '../styles/base.ts';
import { choices } from '../styles/choices.ts';
import { grid } from '../styles/grid.ts';
import { product } from '../styles/product.ts';
import { buyForm, type Buying } from './buy-form.ts';
import { gallery, largePicture } from './gallery.ts';
import { chosenVariant, optionMatrix } from './options.ts';
import { watchForm, type Watching } from './watch-form.ts';
import { words } from '../words/index.ts';

/**
 * One product: pictures, options, price and stock, and the way into the cart.
 * @element catalog-product
 * @fires catalog:product-viewed - when a product is shown
 * @fires cart:add-item - asks the cart to take so many pieces of the chosen variant
 * @fires bell:watch-product - asks that the shopper be told when the chosen variant is back
 * @fires chat:open - asks the chat to open about this product
 * @fires shell:navigate - asks for another variant in place of this one
 */
export class CatalogProduct extends CatalogPage<Product> {
  static override properties: PropertyDeclarations = {
    buying: { state: true },
    shownPicture: { state: true },
    isChatSilent: { state: true },
    watching: { state: true },
  };
  static override styles = [base, grid, product, choices];
  protected readonly sourceOf = productSource;

  declare protected buying: Buying;
  /** Address of the picture that the shopper has chosen to see large. */
  declare protected shownPicture: string | undefined;
  declare protected isChatSilent: boolean;
  declare protected watching: Watching;
  /** The variant in view when numbers came in: the one that sells out must not turn into another under the shopper's eyes. */
  #kept: string | undefined;

  constructor() {
    super();
    this.buying = { kind: 'idle' };
    this.isChatSilent = false;
    this.watching = { kind: 'idle' };
  }

  protected titleOf({ title }: Product): string {
    return title;
  }

  protected renderData(data: Product): TemplateResult {
    const variant = this.#chosen(data);
    const large = largePicture(data, variant, this.shownPicture);
    const said = words().product;
    return html`
      <nav class="trail" aria-label=${said.trail}>
        <a href="/">Souk</a><span aria-hidden="true">/</span
        ><a href=${categoryAddress(data.category.slug)}><bdi>${data.category.title}</bdi></a>
      </nav>
      <div class="columns">
        ${gallery(data, large, {
          show: (src) => (this.shownPicture = src),
          enlarge: () => void this.#enlarge(data, large?.src),
        })}
        <div class="about">
          <h1><bdi>${data.title}</bdi></h1>
          <p class="price" aria-live="polite" aria-atomic="true">
            <span>${money(variant.priceCents)}</span>
            ${
              variant.compareAtCents && variant.compareAtCents > variant.priceCents
                ? html`<s><span class="visually-hidden">${said.before}</span> ${money(variant.compareAtCents)}</s>`
                : nothing
            }
            <small>${said.vat}</small>
          </p>
          ${optionMatrix(data, variant)}
          <div aria-live="polite">${stock(variant)}</div>
          ${buyForm(variant, this.buying, (quantity) => void this.#buy(variant, quantity))}
          ${variant.available === 0 ? watchForm(this.watching, (wanted) => void this.#watch(variant, wanted)) : nothing}
          <div class="prose">${data.description.split(/\n\s*\n/).map((text) => html`<p dir="auto">${text}</p>`)}</div>
          ${
            data.details.length > 0
              ? html`<section class="facts" aria-labelledby="facts">
                  <h2 id="facts">${said.facts}</h2>
                  <ul class="details">
                    ${data.details.map((detail) => html`<li><bdi>${detail}</bdi></li>`)}
                  </ul>
                </section>`
              : nothing
          }
          <div class="question">
            <button class="button quiet ask" type="button" @click=${() => void this.#askAbout(data.slug)}>
              ${said.ask}
            </button>
            ${this.isChatSilent ? html`<p class="notice bad" role="alert">${said.chatSilent}</p>` : nothing}
          </div>
        </div>
      </div>
      ${related('together', said.together, data.related.together)}
      ${related('similar', said.similar, data.related.similar)}
    `;
  }

  protected renderSkeleton(): TemplateResult {
    return html`<h1 class="visually-hidden">${words().product.heading}</h1>
      <p class="visually-hidden" role="status">${words().product.fetching}</p>
      <div class="columns" aria-hidden="true">
        <div class="stage blank"></div>
        <div class="about">
          <div class="heading blank"></div>
          <div class="line blank"></div>
          <div class="line short blank"></div>
        </div>
      </div>`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('address')) {
      this.buying = { kind: 'idle' };
      this.shownPicture = undefined;
      this.isChatSilent = false;
      this.watching = { kind: 'idle' };
      this.#kept = undefined;
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const before = changed.get('shown');
    const slug = this.shown?.data.slug;
    if (changed.has('shown') && slug && slug !== before?.data.slug) emit(this, new CatalogProductViewed({ slug }));
  }

  protected withNews(data: Product, news: News): Product | undefined {
    const kept = this.#chosen(data).sku;
    const fresh = withNews(data, news);
    if (fresh !== data) this.#kept = kept;
    const [together, similar] = [data.related.together, data.related.similar].map((cards) =>
      cardsWithNews(cards, news),
    );
    if (!fresh || !together || !similar) return undefined;
    if (together === data.related.together && similar === data.related.similar) return fresh;
    return { ...fresh, related: { together: [...together], similar: [...similar] } };
  }

  #chosen(data: Product): Variant {
    const isNamed = this.address.searchParams.has('variant');
    const kept = isNamed ? undefined : data.variants.find(({ sku }) => sku === this.#kept);
    return kept ?? chosenVariant(data, this.address);
  }

  /** Comes when somebody wants to look closely. Where it does not come, the picture itself does. */
  async #enlarge({ title, pictures }: Product, src = ''): Promise<void> {
    try {
      const { openZoom } = await import('./zoom.ts');
      openZoom({
        root: this.renderRoot as ShadowRoot,
        title,
        pictures,
        src,
        show: (each) => (this.shownPicture = each),
      });
    } catch {
      location.assign(src);
    }
  }

  async #watch({ sku }: Variant, wanted: boolean): Promise<void> {
    if (this.watching.kind === 'pending') return;
    this.watching = { kind: 'pending' };
    try {
      const { watching } = await ask(this, new BellWatchProduct({ sku, wanted }));
      this.watching = { kind: watching ? 'watching' : wanted ? 'back' : 'idle' };
      // There is stock, and this page does not show it yet.
      if (wanted && !watching) void this.load();
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      this.watching = { kind: 'failed' };
    }
  }

  async #buy({ sku }: Variant, quantity: number): Promise<void> {
    if (this.buying.kind === 'pending') return;
    this.buying = { kind: 'pending' };
    try {
      await ask(this, new CartAddItem({ sku, quantity }));
      this.buying = { kind: 'done', quantity };
    } catch (error) {
      this.buying = { kind: 'failed', message: reasonOf(error) };
    }
  }

  async #askAbout(id: string): Promise<void> {
    this.isChatSilent = false;
    try {
      await ask(this, new ChatOpen({ about: { kind: 'product', id } }));
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      this.isChatSilent = true;
    }
  }
}

function related(id: string, title: string, cards: Product['related']['similar']): TemplateResult | typeof nothing {
  if (cards.length === 0) return nothing;
  return html`<section class="related" aria-labelledby=${id}>
    <h2 id=${id}>${title}</h2>
    ${productGrid(cards)}
  </section>`;
}

function stock({ available }: Variant): TemplateResult {
  if (available === 0) return html`<p class="stock out">${words().soldOut}</p>`;
  if (available <= 3) return html`<p class="stock few">${words().product.left(available)}</p>`;
  return html`<p class="stock">${words().product.inStock}</p>`;
}

/** The cart's own words where it gave some: these codes come from the runtime, whose words are for developers. */
function reasonOf(error: unknown): string {
  if (!(error instanceof RequestFailed)) throw error;
  if (!['no-answer', 'failed', 'malformed'].includes(error.code)) return error.message;
  return error.taken ? words().buy.unknown : words().buy.noAnswer;
}
