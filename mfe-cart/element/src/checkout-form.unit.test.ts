import { expect, test } from 'vitest';
import { countries as served } from '@souk/cart-api';
import {
  cardFields,
  cardOf,
  countries,
  deliveryFields,
  emptyForm,
  errorsIn,
  fieldOf,
  parseExpiry,
} from './checkout-form.ts';

const now = new Date('2026-06-15T00:00:00Z');
const good = {
  ...{
    name: 'Anna',
    email: 'anna@example.com',
    street: 'Kasbah 12',
    city: 'Leipzig',
    postcode: '04109',
    country: 'DE',
  },
  ...{ cardNumber: '4242 4242-4242 4242', expiry: '06/26', cvc: '123' },
};

test('an empty form is wrong in every field, a full one in none', () => {
  const fields = [...deliveryFields, ...cardFields];
  expect(Object.keys(errorsIn(emptyForm, fields, now))).toEqual(fields);
  expect(errorsIn(good, fields, now)).toEqual({});
});

test.each([
  ['12/30', { month: 12, year: 2030 }],
  ['1 / 27', { month: 1, year: 2027 }],
  ['1230', { month: 12, year: 2030 }],
  ['12/2030', { month: 12, year: 2030 }],
  ['12.30', { month: 12, year: 2030 }],
  ['13/30', undefined],
  ['00/30', undefined],
  ['soon', undefined],
  ['', undefined],
])('the expiry "%s" means %j', (text, expected) => expect(parseExpiry(text)).toEqual(expected));

test('a card is good until the end of its month', () => {
  expect(errorsIn({ ...good, expiry: '06/26' }, ['expiry'], now)).toEqual({});
  expect(errorsIn({ ...good, expiry: '05/26' }, ['expiry'], now)).toEqual({ expiry: 'This card has expired' });
});

test('the card travels as digits and numbers', () => {
  const card = { cardNumber: '4242424242424242', expiryMonth: 6, expiryYear: 2026, cvc: '123' };
  expect(cardOf(good)).toEqual(card);
});

test('pointers of the server lead to the fields', () => {
  const pointers = ['/body/delivery/email', '/body/expiryYear', '/body/cvc', '/body/paymentToken', '/body/other'];
  expect(pointers.map(fieldOf)).toEqual(['email', 'expiry', 'cvc', 'cardNumber', undefined]);
});

test('the form offers exactly the countries that the server takes', () => {
  expect(countries).toEqual([...served]);
});
