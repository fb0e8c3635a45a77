import type { Category, Home } from '@souk/catalog-api';
import { html, nothing, type TemplateResult } from 'lit';
import { categoryAddress, homeSource } from '../addresses.ts';
import { CatalogPage } from '../catalog-page.ts';
import { cardsWithNews, type News } from '../live.ts';
import { picture } from '../parts/picture.ts';
import { gridSkeleton, productGrid } from '../parts/product-grid.ts';
import { base } from '../styles/base.ts';
import { grid } from '../styles/grid.ts';
import { home } from '../styles/home.ts';
import { words } from '../words/index.ts';

/**
 * The front of the shop: a picture, the shelves, and a few products.
 * @element catalog-home
 */
export class CatalogHome extends CatalogPage<Home> {
  static override styles = [base, grid, home];
  protected readonly sourceOf = homeSource;

  protected titleOf(): string {
    return words().home.title;
  }

  protected withNews(data: Home, news: News): Home | undefined {
    const featured = cardsWithNews(data.featured, news);
    if (featured === data.featured) return data;
    return featured && { ...data, featured: [...featured] };
  }

  protected renderData({ hero, categories, featured }: Home): TemplateResult {
    return html`
      <section class="hero">
        ${hero ? html`<div class="hero-picture">${picture(hero, { sizes: '(min-width: 56rem) 60vw, 100vw', first: true })}</div>` : nothing}
        <div class="hero-text">
          <h1>${words().home.heading}</h1>
          <p>${words().home.lead}</p>
          <p class="ways">
            ${
              categories[0]
                ? html`<a class="button" href=${categoryAddress(categories[0].slug)}
                    >${words().home.see(categories[0].title)}</a
                  >`
                : nothing
            }
            <a href="/search">${words().home.everything}</a>
          </p>
        </div>
      </section>
      <section aria-labelledby="shelves">
        <h2 id="shelves">${words().home.shelves}</h2>
        <ul class="shelves">
          ${categories.map((category) => html`<li>${shelf(category)}</li>`)}
        </ul>
      </section>
      ${
        featured.length > 0
          ? html`<section class="featured" aria-labelledby="featured">
              <h2 id="featured">${words().home.featured}</h2>
              ${productGrid(featured)}
            </section>`
          : nothing
      }
    `;
  }

  protected renderSkeleton(): TemplateResult {
    return html`<div class="hero blank" aria-hidden="true"></div>
      <h1 class="visually-hidden">Souk</h1>
      <p class="visually-hidden" role="status">${words().home.opening}</p>
      ${gridSkeleton(8)}`;
  }
}

function shelf({ slug, title, description, count, picture: shown }: Category): TemplateResult {
  return html`<a class="shelf" href=${categoryAddress(slug)}>
    <span class="shelf-frame"
      >${picture(shown, { sizes: '(min-width: 100rem) 410px, (min-width: 56rem) 24vw, 46vw', decorative: true })}</span
    >
    <span class="shelf-title"><bdi>${title}</bdi></span>
    <span class="shelf-text"><bdi>${description}</bdi></span>
    <span class="shelf-count">${words().products(count)}</span>
  </a>`;
}
