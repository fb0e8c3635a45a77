import type { ProductList } from '@souk/catalog-api';
import { html, nothing, type TemplateResult } from 'lit';
import { withQuery } from '../addresses.ts';

/** Links to the pages before and after. @param turn called with the address of the one that is clicked */
export function pages(
  address: URL,
  { page, pageSize, total }: ProductList,
  turn: (href: string) => void,
): TemplateResult | typeof nothing {
  const last = Math.ceil(total / pageSize);
  if (last <= 1) return nothing;
  const to = (number: number) => withQuery(address, { page: number === 1 ? undefined : String(number) });
  return html`<nav
    class="pages"
    aria-label="Pages"
    @click=${(event: Event) => event.target instanceof HTMLAnchorElement && turn(event.target.href)}
  >
    ${page > 1 ? html`<a class="button quiet" rel="prev" href=${to(page - 1)}>Previous</a>` : html`<span></span>`}
    <span>Page ${page} of ${last}</span>
    ${page < last ? html`<a class="button quiet" rel="next" href=${to(page + 1)}>Next</a>` : html`<span></span>`}
  </nav>`;
}
