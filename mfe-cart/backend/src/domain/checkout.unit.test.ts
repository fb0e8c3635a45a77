import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventsAfter, nextStep } from './checkout.ts';
import type { StepOutcome } from './checkout.ts';
import type { OrderEvent, ReservationEvent } from './events.ts';
import { beginOrder, decidePayAgain, evolveOrder, isUnderWay } from './order.ts';
import type { OrderState } from './order.ts';
import { RuleBroken } from './rule-broken.ts';

const at = '2026-01-01T00:00:00.000Z';
const payment = { token: 'tok_1', brand: 'Visa', last4: { plain: '4242' } };
const lines = [{ sku: 'A', slug: 'a', title: 'Tile', variant: '', quantity: 2, unitPriceCents: 2500 }];
const placed = beginOrder(
  {
    type: 'cart.order-placed.v2',
    data: {
      ...{ orderId: 'o_1', cartId: 'c_1', shopperId: 's_1', lines, subtotalCents: 5000, shippingCents: 590 },
      ...{ taxCents: 893, totalCents: 5590, currency: 'EUR', payment },
      delivery: { plain: { name: 'A', email: 'a@b.de', street: 'S 1', city: 'C', postcode: '1', country: 'DE' } },
    },
  },
  at,
);
const fold = (order: OrderState, events: readonly (OrderEvent | ReservationEvent)[]) =>
  events.reduce((state, event) => evolveOrder(state, event, at), order);
const after = (order: OrderState, outcome: StepOutcome) => fold(order, eventsAfter(order, outcome));
const reserved: ReservationEvent = {
  type: 'catalog.stock-reserved.v1',
  data: { orderId: 'o_1', lines: [{ sku: 'A', quantity: 2 }] },
};
const rejected: ReservationEvent = {
  type: 'catalog.stock-rejected.v1',
  data: { orderId: 'o_1', shortages: [{ sku: 'A', wanted: 2, available: 1 }] },
};
const authorized = after(placed, { type: 'authorized', authorizationId: 'auth_1' });

test('the good way: authorize, wait for the stock, capture, empty the cart, confirm', () => {
  expect(nextStep(placed)).toMatchObject({ type: 'authorize-payment', key: 'o_1#1', amountCents: 5590 });
  expect(nextStep(authorized)).toBeNull();
  const withStock = fold(authorized, [reserved]);
  expect(nextStep(withStock)).toEqual({ type: 'capture-payment', key: 'o_1#1', amountCents: 5590 });
  const captured = after(withStock, { type: 'captured' });
  expect(nextStep(captured)).toEqual({ type: 'empty-cart' });
  const done = after(captured, { type: 'cart-emptied' });
  expect(done.status).toBe('confirmed');
  expect(done.timeline.map(({ status }) => status)).toEqual(['placed', 'authorized', 'reserved', 'confirmed']);
  expect(nextStep(done)).toBeNull();
});

test('sold out: the payment is given back and nothing is captured', () => {
  const without = fold(authorized, [rejected]);
  expect(nextStep(without)).toEqual({ type: 'void-payment', key: 'o_1#1' });
  const done = after(without, { type: 'voided' });
  expect(done).toMatchObject({ status: 'sold-out', shortages: [{ sku: 'A', wanted: 2, available: 1 }] });
  expect(nextStep(done)).toBeNull();
});

test('a capture that is refused gives the stock back before the payment', () => {
  const withStock = fold(authorized, [reserved]);
  expect(eventsAfter(withStock, { type: 'capture-refused' }).map(({ type }) => type)).toEqual([
    'cart.stock-release-requested.v1',
    'cart.payment-voided.v1',
    'cart.order-rejected.v1',
  ]);
  expect(after(withStock, { type: 'capture-refused' }).status).toBe('payment-failed');
});

test('another card after a decline goes under a key of its own', () => {
  const declined = after(placed, { type: 'declined', reason: 'card-declined' });
  expect(nextStep(declined)).toBeNull();
  const again = fold(declined, [decidePayAgain(declined, { ...payment, token: 'tok_2' })]);
  expect(nextStep(again)).toMatchObject({ type: 'authorize-payment', key: 'o_1#2', token: 'tok_2' });
});

test('an order that is under way or done takes no other card', () => {
  const withStock = fold(authorized, [reserved]);
  for (const order of [placed, authorized, withStock, after(withStock, { type: 'captured' })]) {
    expect(isUnderWay(order.status)).toBe(true);
    expect(() => decidePayAgain(order, payment)).toThrow(RuleBroken);
  }
  const refused = after(withStock, { type: 'capture-refused' });
  expect(() => decidePayAgain(refused, payment)).toThrow(RuleBroken);
});

test('whatever the provider and the catalogue answer, money is captured only with stock, once, and never after a void', () => {
  const answers = fc.record({
    cards: fc.array(
      fc.constantFrom<StepOutcome>(
        { type: 'authorized', authorizationId: 'x' },
        { type: 'declined', reason: 'insufficient-funds' },
        { type: 'unanswered', attempts: 3 },
      ),
      { minLength: 1, maxLength: 4 },
    ),
    stock: fc.boolean(),
    capture: fc.constantFrom<StepOutcome>({ type: 'captured' }, { type: 'capture-refused' }),
  });
  fc.assert(
    fc.property(answers, ({ cards, stock, capture }) => {
      const done: string[] = [];
      let order = placed;
      for (let tries = 0; tries < 20; tries++) {
        const step = nextStep(order);
        if (step) done.push(step.type);
        if (step?.type === 'authorize-payment')
          order = after(order, cards.shift() ?? { type: 'unanswered', attempts: 3 });
        else if (step?.type === 'capture-payment') order = after(order, capture);
        else if (step?.type === 'void-payment') order = after(order, { type: 'voided' });
        else if (step?.type === 'empty-cart') order = after(order, { type: 'cart-emptied' });
        else if (order.status === 'authorized') order = fold(order, [stock ? reserved : rejected]);
        else if (cards.length > 0 && !order.reservation) order = fold(order, [decidePayAgain(order, payment)]);
        else break;
      }
      expect(isUnderWay(order.status)).toBe(false);
      expect(done.filter((type) => type === 'capture-payment').length).toBeLessThanOrEqual(stock ? 1 : 0);
      expect(done.includes('void-payment') && done.includes('capture-payment')).toBe(false);
      expect(order.status === 'confirmed').toBe(order.captured);
    }),
  );
});
