import { Type, type Static } from 'typebox';
import { CartLineSchema } from './cart.ts';
import { DeliverySchema } from './checkout.ts';

export const OrderStatusSchema = Type.Union([
  Type.Literal('placed'),
  Type.Literal('authorized'),
  Type.Literal('reserved'),
  Type.Literal('confirmed'),
  Type.Literal('payment-declined'),
  Type.Literal('sold-out'),
  Type.Literal('payment-failed'),
]);

/** `payment-failed`: the provider did not answer in time; nothing was charged. */
export type OrderStatus = Static<typeof OrderStatusSchema>;

export const OrderPlacedSchema = Type.Object({
  orderId: Type.String(),
  status: OrderStatusSchema,
  position: Type.Integer({ minimum: 0 }),
});

/** Answer to a checkout and to another card. */
export type OrderPlaced = Static<typeof OrderPlacedSchema>;

export const OrderLineSchema = Type.Object({
  sku: CartLineSchema.properties.sku,
  slug: CartLineSchema.properties.slug,
  title: CartLineSchema.properties.title,
  variant: CartLineSchema.properties.variant,
  quantity: CartLineSchema.properties.quantity,
  unitPriceCents: CartLineSchema.properties.unitPriceCents,
  lineTotalCents: CartLineSchema.properties.lineTotalCents,
  picture: CartLineSchema.properties.picture,
});

/** One line of an order, at the price it was bought for. */
export type OrderLine = Static<typeof OrderLineSchema>;

export const OrderSchema = Type.Object({
  orderId: Type.String(),
  status: OrderStatusSchema,
  lines: Type.Array(OrderLineSchema),
  subtotalCents: Type.Integer(),
  shippingCents: Type.Integer(),
  taxCents: Type.Integer(),
  totalCents: Type.Integer(),
  currency: Type.String(),
  delivery: DeliverySchema,
  payment: Type.Object({ brand: Type.String(), last4: Type.String() }),
  /** The shopper has been erased: nothing is in `delivery` and `last4`, and the order is kept for the books. */
  erased: Type.Optional(Type.Boolean()),
  placedAt: Type.String(),
  timeline: Type.Array(Type.Object({ status: OrderStatusSchema, at: Type.String() })),
  /** The shopper’s bank wants them to confirm the payment. */
  actionRequired: Type.Optional(Type.Boolean()),
  /** Why it did not go through: `card-declined`, `insufficient-funds`, … */
  reason: Type.Optional(Type.String()),
  /** It takes longer than usual, and why: the payment provider or the stock do not answer, or a person has to look at it. */
  delayed: Type.Optional(Type.Union([Type.Literal('payment'), Type.Literal('stock'), Type.Literal('person')])),
  shortages: Type.Optional(
    Type.Array(Type.Object({ sku: Type.String(), wanted: Type.Integer(), available: Type.Integer() })),
  ),
});

/** `GET /api/cart/orders/<id>` */
export type Order = Static<typeof OrderSchema>;

export const OrderListSchema = Type.Object({
  orders: Type.Array(
    Type.Object({
      orderId: Type.String(),
      status: OrderStatusSchema,
      placedAt: Type.String(),
      totalCents: Type.Integer(),
      currency: Type.String(),
      count: Type.Integer(),
    }),
  ),
});

/** `GET /api/cart/orders`: the shopper's own, newest first. */
export type OrderList = Static<typeof OrderListSchema>;
