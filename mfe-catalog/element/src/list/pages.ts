import type { ProductList } from '@souk/catalog-api';
import { html, nothing, type TemplateResult } from 'lit';
import { withQuery } from '../addresses.ts';
import { number } from '@souk/shared-events/browser';
import { words } from '../words/index.ts';

/** Links to the pages before and after. @param turn called with the address of the one that is clicked */
export function pages(
  address: URL,
  { page, pageSize, total }: ProductList,
  turn: (href: string) => void,
): TemplateResult | typeof nothing {
  const last = Math.ceil(total / pageSize);
  if (last <= 1) return nothing;
  const to = (index: number) => withQuery(address, { page: index === 1 ? undefined : String(index) });
  return html`<nav
    class="pages"
    aria-label=${words().list.pages}
    @click=${(event: Event) => event.target instanceof HTMLAnchorElement && turn(event.target.href)}
  >
    ${page > 1 ? html`<a class="button quiet" rel="prev" href=${to(page - 1)}>${words().list.previous}</a>` : html`<span></span>`}
    <span>${words().list.page(number(page), number(last))}</span>
    ${page < last ? html`<a class="button quiet" rel="next" href=${to(page + 1)}>${words().list.next}</a>` : html`<span></span>`}
  </nav>`;
}
