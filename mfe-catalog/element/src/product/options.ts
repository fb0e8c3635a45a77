import type { Product, Variant } from '@souk/catalog-api';
import { ask, ShellNavigate } from '@souk/shared-events/browser';
import { html, nothing, type TemplateResult } from 'lit';
import { productAddress } from '../addresses.ts';
import { words } from '../words/index.ts';

/** The variant named in the address, else the first that can be bought, else the first. */
export function chosenVariant({ variants }: Product, address: URL): Variant {
  const sku = address.searchParams.get('variant');
  return variants.find((each) => each.sku === sku) ?? variants.find((each) => each.available > 0) ?? variants[0]!;
}

/**
 * Every option with all its values, also those that are sold out in this combination. Each value is a link to the
 * variant it leads to: a choice has an address, and can be made before any script is there.
 */
export function optionMatrix(product: Product, chosen: Variant): TemplateResult | typeof nothing {
  if (product.options.length === 0) return nothing;
  return html`${product.options.map(
    ({ name, values }) =>
      html`<div class="option" role="group" aria-label=${name}>
        <p class="option-name">${name}: <strong>${chosen.options[name]}</strong></p>
        <ul @click=${replace}>
          ${values.map((value) => html`<li>${optionValue(product, chosen, name, value)}</li>`)}
        </ul>
      </div>`,
  )}`;
}

function optionValue(product: Product, chosen: Variant, name: string, value: string): TemplateResult {
  const variant = leadsTo(product.variants, chosen, name, value);
  if (!variant) return html`<span class="value none">${value}</span>`;
  const soldOut = variant.available === 0;
  // Not made with the other choices: they change with this one.
  const other = Object.entries(chosen.options).find(
    ([option, own]) => option !== name && variant.options[option] !== own,
  );
  return html`<a
    class="value ${soldOut ? 'out' : ''} ${other ? 'elsewhere' : ''}"
    href=${productAddress(product.slug, variant.sku)}
    aria-current=${chosen.options[name] === value ? 'true' : nothing}
    >${value}${soldOut ? html`<span class="visually-hidden">, </span><small>${words().product.soldOutValue}</small>` : nothing}${
      other ? html`<small>${variant.options[other[0]]}</small>` : nothing
    }</a
  >`;
}

/**
 * The same choice with another value of one option; where that is not made, another with this value, rather one that
 * can be bought; nothing when no variant has it.
 */
export function leadsTo(
  variants: readonly Variant[],
  chosen: Variant,
  name: string,
  value: string,
): Variant | undefined {
  const same = (each: Variant) =>
    Object.entries(chosen.options).every(([option, own]) => each.options[option] === (option === name ? value : own));
  const withValue = variants.filter((each) => each.options[name] === value);
  return withValue.find(same) ?? withValue.find(({ available }) => available > 0) ?? withValue[0];
}

/** Trying out options is no journey: Back leads to where the shopper came from. */
function replace(event: MouseEvent): void {
  const link = (event.target as Element).closest('a');
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const path = link.pathname + link.search;
  ask(link, new ShellNavigate({ path, replace: true })).catch(() => location.replace(path));
}
