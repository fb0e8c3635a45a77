import type { IntegrationData } from '@souk/shared-events/integration';

/** Type and data of an event: what the domain knows of it, without envelope. */
export type Fact<Type extends keyof IntegrationData> = {
  readonly [Each in Type]: { readonly type: Each; readonly data: IntegrationData[Each] };
}[Type];

/** What happens to a cart. */
export type CartEvent = Fact<
  'cart.item-quantity-set.v1' | 'cart.checked-out.v1' | 'cart.handed-over.v1' | 'cart.taken-in.v1'
>;

/** What a shopper asks for. */
export type CartRequest = Fact<
  'cart.change-requested.v1' | 'cart.checkout-requested.v2' | 'cart.other-card-requested.v2'
>;

/** What happens to an order. */
export type OrderEvent = Fact<
  | 'cart.order-placed.v2'
  | 'cart.payment-changed.v2'
  | 'cart.payment-authorized.v1'
  | 'cart.payment-action-required.v1'
  | 'cart.payment-declined.v1'
  | 'cart.payment-unanswered.v1'
  | 'cart.stock-requested.v1'
  | 'cart.payment-captured.v1'
  | 'cart.payment-capture-refused.v1'
  | 'cart.payment-voided.v1'
  | 'cart.payment-refunded.v1'
  | 'cart.stock-release-requested.v1'
  | 'cart.order-confirmed.v1'
  | 'cart.order-rejected.v1'
>;

/** What the catalogue says about the stock of an order. */
export type ReservationEvent = Fact<
  | 'catalog.stock-reserved.v1'
  | 'catalog.stock-rejected.v1'
  | 'catalog.stock-held.v1'
  | 'catalog.stock-released.v1'
  | 'catalog.stock-not-held.v1'
>;

/** What the price list learns from. */
export type CatalogEvent = ReservationEvent | Fact<'catalog.product-published.v1' | 'catalog.stock-counted.v1'>;

/** A product as the catalogue publishes it, whole. */
export type ProductPublished = IntegrationData['catalog.product-published.v1'];

/** A picture of the catalogue; width and height in pixels. */
export type Picture = ProductPublished['pictures'][number];

/** Pieces of one sku. */
export interface Quantity {
  readonly sku: string;
  readonly quantity: number;
}

type OrderPlaced = IntegrationData['cart.order-placed.v2'];

/** A line of an order at the price it was bought for. */
export type OrderLine = OrderPlaced['lines'][number];

/** Where the goods go. */
export type Delivery = OrderPlaced['delivery'];

/** The card in use: a token of the provider and what may be shown of it. */
export type Payment = OrderPlaced['payment'];

/** What the catalogue lacked. */
export type Shortage = IntegrationData['catalog.stock-rejected.v1']['shortages'][number];
