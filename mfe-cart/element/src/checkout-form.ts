import type { Card, Delivery } from '@souk/cart-api';
import { say } from './say.ts';

/** What the shopper types, as typed. */
export interface CheckoutForm {
  name: string;
  email: string;
  street: string;
  city: string;
  postcode: string;
  country: string;
  cardNumber: string;
  expiry: string;
  cvc: string;
}

/** A field of the form. */
export type Field = keyof CheckoutForm;

/** What is wrong, by field; in the order of the form. */
export type FieldErrors = Partial<Record<Field, string>>;

/** Fields of the delivery, in order. */
export const deliveryFields = ['name', 'email', 'street', 'city', 'postcode', 'country'] as const;
/** Fields of the card, in order. */
export const cardFields = ['cardNumber', 'expiry', 'cvc'] as const;

/** Countries the shop delivers to, ISO 3166-1 alpha-2; the server has the last word. */
export const countries: readonly string[] =
  'AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' ');

/** Nothing typed yet. */
export const emptyForm: Readonly<CheckoutForm> = {
  ...{ name: '', email: '', street: '', city: '', postcode: '', country: '' },
  ...{ cardNumber: '', expiry: '', cvc: '' },
};

/** What is wrong with these fields. The server checks again; this only spares the way. */
export function errorsIn(form: Readonly<CheckoutForm>, fields: readonly Field[], now = new Date()): FieldErrors {
  const errors: FieldErrors = {};
  for (const field of fields) {
    const error = checks[field](form[field].trim(), now);
    if (error) errors[field] = error;
  }
  return errors;
}

/** The address as the API takes it. */
export function deliveryOf(form: Readonly<CheckoutForm>): Delivery {
  const { name, email, street, city, postcode, country } = form;
  const trimmed = { name, email, street, city, postcode, country };
  for (const field of deliveryFields) trimmed[field] = trimmed[field].trim();
  return trimmed;
}

/** The card as the API takes it; call it when {@link errorsIn} finds nothing. */
export function cardOf(form: Readonly<CheckoutForm>): Card {
  const { month = 0, year = 0 } = parseExpiry(form.expiry) ?? {};
  return { cardNumber: digits(form.cardNumber), expiryMonth: month, expiryYear: year, cvc: form.cvc.trim() };
}

/** The field that a JSON pointer of a problem document means. */
export function fieldOf(pointer: string): Field | undefined {
  const name = pointer.split('/').at(-1) ?? '';
  if (name === 'expiryYear' || name === 'expiryMonth') return 'expiry';
  if (name === 'paymentToken') return 'cardNumber';
  return name in emptyForm ? (name as Field) : undefined;
}

/** `12 / 30`, `12/2030`, `1230`; undefined when it is none of them. */
export function parseExpiry(text: string): { readonly month: number; readonly year: number } | undefined {
  const [, month = '', year = ''] = /^\s*(\d{1,2})\s*[/\-. ]?\s*((?:20)?\d{2})\s*$/.exec(text) ?? [];
  if (Number(month) < 1 || Number(month) > 12) return undefined;
  return { month: Number(month), year: (Number(year) % 100) + 2000 };
}

const checks: Readonly<Record<Field, (value: string, now: Date) => string | undefined>> = {
  name: (value) => (value ? undefined : say().wrong.name),
  email: (value) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? undefined : say().wrong.email),
  street: (value) => (value ? undefined : say().wrong.street),
  city: (value) => (value ? undefined : say().wrong.city),
  postcode: (value) => (value.length > 1 ? undefined : say().wrong.postcode),
  country: (value) => (value ? undefined : say().wrong.country),
  cardNumber: (value) => (passesLuhn(digits(value)) ? undefined : say().wrong.cardNumber),
  expiry(value, now) {
    const expiry = parseExpiry(value);
    if (!expiry) return say().wrong.expiry;
    const over = new Date(expiry.year, expiry.month, 1) <= now;
    return over ? say().wrong.expired : undefined;
  },
  cvc: (value) => (/^\d{3,4}$/.test(value) ? undefined : say().wrong.cvc),
};

function digits(text: string): string {
  return text.replaceAll(/[\s-]/g, '');
}

/** Catches a mistyped digit before it travels. */
function passesLuhn(number: string): boolean {
  if (!/^\d{12,19}$/.test(number)) return false;
  let sum = 0;
  for (const [index, digit] of [...number].reverse().entries()) {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
