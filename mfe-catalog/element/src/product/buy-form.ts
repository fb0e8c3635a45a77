import type { Variant } from '@souk/catalog-api';
import { html, nothing, type TemplateResult } from 'lit';
import { words } from '../words/index.ts';

/** How far the buying is. */
export type Buying =
  | { readonly kind: 'idle' | 'pending' }
  | { readonly kind: 'done'; readonly quantity: number }
  | { readonly kind: 'failed'; readonly message: string };

/** More at one time than the cart takes per line. */
const most = 99;

/**
 * The way into the cart. A real form, whose POST answers with a page: a click counts from the first paint on, before
 * any script has taken over.
 */
export function buyForm(variant: Variant, buying: Buying, buy: (quantity: number) => void): TemplateResult {
  const { sku, available } = variant;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { quantity } = event.currentTarget as unknown as { quantity: HTMLInputElement };
    buy(quantity.valueAsNumber);
  };
  return html`<form class="buy" method="post" action="/requests/cart:add-item" @submit=${submit}>
    <input type="hidden" name="sku" value=${sku} />
    <label for="quantity">${words().buy.quantity}</label>
    <input
      id="quantity"
      name="quantity"
      type="number"
      inputmode="numeric"
      min="1"
      max=${Math.max(1, Math.min(available, most))}
      value="1"
      required
      ?disabled=${available === 0}
    />
    <button class="button" ?disabled=${available === 0} aria-disabled=${buying.kind === 'pending' ? 'true' : nothing}>
      ${available === 0 ? words().soldOut : buying.kind === 'pending' ? words().buy.adding : words().buy.add}
    </button>
    ${outcome(buying)}
  </form>`;
}

/** The place for good news is there from the start, or a screen reader would not notice what comes into it. */
function outcome(buying: Buying): TemplateResult {
  return html`<div role="status">
      ${
        buying.kind === 'done'
          ? html`<p class="notice good">
              ${words().buy.added(buying.quantity)} <a href="/cart">${words().buy.toCart}</a>
            </p>`
          : nothing
      }
    </div>
    ${buying.kind === 'failed' ? html`<p class="notice bad" role="alert">${buying.message}</p>` : nothing}`;
}
