import { Type, type Static } from 'typebox';

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

export const DeliverySchema = Type.Object(
  {
    name: text(100),
    email: Type.String({ minLength: 3, maxLength: 254 }),
    street: text(150),
    city: text(100),
    postcode: text(16),
    /** ISO 3166-1 alpha-2, one of {@link countries}. */
    country: Type.String({ minLength: 2, maxLength: 2 }),
  },
  { additionalProperties: false },
);

/** Where the goods go. */
export type Delivery = Static<typeof DeliverySchema>;

export const CheckoutSchema = Type.Object(
  {
    delivery: DeliverySchema,
    paymentToken: text(100),
    /** The total the shopper saw; another one is answered with 409 `price-changed`. */
    expectedTotalCents: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);

/** `POST /api/cart/checkout`, with an `Idempotency-Key`. */
export type Checkout = Static<typeof CheckoutSchema>;

export const CardSchema = Type.Object(
  {
    cardNumber: Type.String({ minLength: 12, maxLength: 25 }),
    expiryMonth: Type.Integer({ minimum: 1, maximum: 12 }),
    expiryYear: Type.Integer({ minimum: 2000, maximum: 2099 }),
    cvc: Type.String({ pattern: '^[0-9]{3,4}$' }),
  },
  { additionalProperties: false },
);

/** `POST /api/cart/payment-tokens`: the only place a card number ever appears; nobody keeps it. */
export type Card = Static<typeof CardSchema>;

export const PaymentTokenSchema = Type.Object({ token: Type.String(), brand: Type.String(), last4: Type.String() });

/** What stands for a card from then on. */
export type PaymentToken = Static<typeof PaymentTokenSchema>;

export const PayAgainSchema = Type.Object({ paymentToken: text(100) }, { additionalProperties: false });

/** `POST /api/cart/orders/<id>/payment`: another card for the same order. */
export type PayAgain = Static<typeof PayAgainSchema>;

export const PaymentFormSchema = Type.Union([
  Type.Object({ kind: Type.Literal('card-fields') }),
  Type.Object({ kind: Type.Literal('stripe'), publishableKey: Type.String() }),
]);

/**
 * `GET /api/cart/payment-form`: how the page asks for a card. `card-fields`: its own fields, for test cards, traded for a
 * token; `stripe`: fields that Stripe hosts, whose PaymentMethod is the token.
 */
export type PaymentForm = Static<typeof PaymentFormSchema>;

export const AuthenticationSchema = Type.Object({
  clientSecret: Type.Union([Type.String(), Type.Null()], {
    description: 'For Stripe.js; null when there is nothing to confirm (any more)',
  }),
});

/** `POST /api/cart/orders/<id>/authentication`: what the shopper confirms a payment with, at their bank. */
export type Authentication = Static<typeof AuthenticationSchema>;

/** Countries the shop delivers to, ISO 3166-1 alpha-2. */
export const countries = [
  'AT', 'BE', 'BG', 'CH', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GB', 'GR', 'HR', 'HU', 'IE', 'IT', 'LI',
  'LT', 'LU', 'LV', 'MT', 'NL', 'NO', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK',
] as const; // prettier-ignore
