// Checked by tsc only: each @ts-expect-error is a mistake that the types must catch.
import type { IntegrationData, IntegrationEvent } from './index.ts';

type Reservation = IntegrationEvent<'catalog.stock-reserved.v1' | 'catalog.stock-rejected.v1'>;

export function typeNarrowsTheData(event: Reservation): number {
  // @ts-expect-error only one of the two has shortages
  void event.data.shortages;
  if (event.type === 'catalog.stock-rejected.v1') return event.data.shortages.length;
  event.source satisfies '/catalog';
  return event.data.lines.map(({ quantity }) => quantity).length;
}

export const declined: IntegrationData['cart.payment-declined.v1'] = { orderId: 'o1', reason: 'insufficient-funds' };

// @ts-expect-error no such reason
export const wrong: IntegrationData['cart.payment-declined.v1'] = { orderId: 'o1', reason: 'mood' };

export const options: IntegrationData['catalog.product-published.v1']['variants'][number]['options'] = {
  Glaze: 'Teal',
};
