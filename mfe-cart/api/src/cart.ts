import { Type, type Static } from 'typebox';

/** Money is integer cents. */
const Cents = Type.Integer({ minimum: 0 });

export const PictureSchema = Type.Object({
  src: Type.String(),
  width: Type.Integer(),
  height: Type.Integer(),
  alt: Type.String(),
  srcset: Type.Optional(Type.String()),
});

/** A picture as the catalogue published it; width and height in pixels. */
export type Picture = Static<typeof PictureSchema>;

export const CartLineSchema = Type.Object({
  sku: Type.String(),
  slug: Type.String(),
  title: Type.String(),
  /** Chosen options in words, `""` when there is only one variant. */
  variant: Type.String(),
  quantity: Type.Integer({ minimum: 1 }),
  unitPriceCents: Cents,
  lineTotalCents: Cents,
  picture: Type.Union([PictureSchema, Type.Null()]),
  available: Type.Integer({ minimum: 0 }),
  problem: Type.Optional(Type.Union([Type.Literal('sold-out'), Type.Literal('not-enough')])),
});

/** One line of the cart, at today's price. */
export type CartLine = Static<typeof CartLineSchema>;

export const CappedSchema = Type.Object({
  title: Type.String(),
  variant: Type.String(),
  wanted: Type.Integer({ minimum: 1 }),
  quantity: Type.Integer({ minimum: 1 }),
});

/** A line that could not become the sum of two carts. */
export type Capped = Static<typeof CappedSchema>;

export const CartSchema = Type.Object({
  lines: Type.Array(CartLineSchema),
  /** Pieces, not lines. */
  count: Type.Integer({ minimum: 0 }),
  subtotalCents: Cents,
  shippingCents: Cents,
  /** VAT that is included in `totalCents`. */
  taxCents: Cents,
  totalCents: Cents,
  currency: Type.String(),
  /** Lines of which there are fewer than the carts had together that were merged at the sign-in. */
  capped: Type.Optional(Type.Array(CappedSchema)),
});

/** The whole cart with the server's totals. */
export type Cart = Static<typeof CartSchema>;

export const CartResultSchema = Type.Object({ ...CartSchema.properties, position: Type.Integer({ minimum: 0 }) });

/** Answer to a command on the cart: the cart after it, and where in the log it stands. */
export type CartResult = Static<typeof CartResultSchema>;

export const AddLineSchema = Type.Object(
  { sku: Type.String({ minLength: 1, maxLength: 200 }), quantity: Type.Integer({ minimum: 1, maximum: 99 }) },
  { additionalProperties: false },
);

/** `POST /api/cart/lines` */
export type AddLine = Static<typeof AddLineSchema>;

export const SetQuantitySchema = Type.Object(
  { quantity: Type.Integer({ minimum: 0, maximum: 99 }) },
  { additionalProperties: false },
);

/** `PUT /api/cart/lines/<sku>`; 0 removes the line. */
export type SetQuantity = Static<typeof SetQuantitySchema>;
