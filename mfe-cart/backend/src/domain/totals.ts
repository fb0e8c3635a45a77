/** The one currency of the shop, ISO 4217. */
export const currency = 'EUR';
/** Part of the gross price that is VAT, in percent. */
const vatPercent = 19;
/** Delivery below {@link freeShippingFromCents}. */
const shippingFeeCents = 590;
/** From this subtotal on delivery is free. */
export const freeShippingFromCents = 6000;

/** What a sum is made of; integer cents. */
export interface Totals {
  readonly subtotalCents: number;
  readonly shippingCents: number;
  /** VAT that is included in `totalCents`. */
  readonly taxCents: number;
  readonly totalCents: number;
}

/** The one place where the shop adds up: goods, delivery, and the VAT included in both. */
export function totalsOf(lines: readonly { readonly quantity: number; readonly unitPriceCents: number }[]): Totals {
  const subtotalCents = lines.reduce((sum, line) => sum + line.quantity * line.unitPriceCents, 0);
  const shippingCents = subtotalCents === 0 || subtotalCents >= freeShippingFromCents ? 0 : shippingFeeCents;
  const totalCents = subtotalCents + shippingCents;
  const taxCents = Math.round((totalCents * vatPercent) / (100 + vatPercent));
  return { subtotalCents, shippingCents, taxCents, totalCents };
}
