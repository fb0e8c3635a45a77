import { expect, test } from 'vitest';
import { passesLuhn } from './cards.ts';
import { sandboxPayments } from './sandbox.ts';

const shopper = 's_1';
const signal = new AbortController().signal;

async function opened() {
  const payments = sandboxPayments({ file: ':memory:', clock: () => new Date('2026-06-15T00:00:00Z') });
  const card = { cardNumber: '4242 4242 4242 4242', expiryMonth: 6, expiryYear: 2026, cvc: '123' };
  const { token } = await payments.tokenize(card, shopper);
  return { payments, request: { key: 'o_1#1', token, amountCents: 100, currency: 'EUR' } };
}

test('asking twice with one key authorizes and captures once', async () => {
  const { payments, request } = await opened();
  const first = await payments.authorize(request, signal);
  expect(await payments.authorize(request, signal)).toEqual(first);
  expect(await payments.capture(request.key, 100, signal)).toBe(true);
  expect(await payments.capture(request.key, 100, signal)).toBe(true);
  expect(payments.ledger().map(({ operation }) => operation)).toEqual(['authorize', 'capture']);
});

test('after a void nothing can be authorized or captured under the key', async () => {
  const { payments, request } = await opened();
  await payments.voidAuthorization(request.key, signal);
  expect(await payments.authorize(request, signal)).toMatchObject({ type: 'declined' });
  expect(await payments.capture(request.key, 100, signal)).toBe(false);
  expect(payments.ledger().map(({ operation }) => operation)).toEqual(['void']);
});

test('a second capture for the same order is impossible, even under another key', async () => {
  const { payments, request } = await opened();
  for (const key of ['o_1#1', 'o_1#2']) await payments.authorize({ ...request, key }, signal);
  await payments.capture('o_1#1', 100, signal);
  await expect(payments.capture('o_1#2', 100, signal)).rejects.toThrow(/UNIQUE/);
});

test('a token is worth nothing to another shopper', async () => {
  const { payments, request } = await opened();
  expect(await payments.describe(request.token, shopper)).toMatchObject({ brand: 'Visa', last4: '4242' });
  expect(await payments.describe(request.token, 's_2')).toBeNull();
});

test.each([
  ['4242424242424242', true],
  ['4242424242424241', false],
  ['4000000000000119', true],
  ['1', false],
  ['', false],
])('Luhn says of %s: %s', (digits, right) => expect(passesLuhn(digits)).toBe(right));
