import { defineSaga } from '@souk/service-kit';
import { givenSaga } from '@souk/service-kit/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkoutData,
  checkoutIdOf,
  checkoutOf,
  checkoutSaga,
  checkoutSaga3ds,
  paymentKey,
  paymentOf,
} from './checkout-saga.ts';
import type { CheckoutData } from './checkout-saga.ts';
import { beginOrder, decideEnd, decidePayAgain, evolveOrder, isUnderWay } from './order.ts';
import type { OrderState } from './order.ts';
import { RuleBroken } from './rule-broken.ts';

const at = '2026-01-01T00:00:00.000Z';
const sealed = { sealed: 'v1', person: 's_1', key: '', iv: '', data: '' } as const;
const payment = { token: 'tok_1', brand: 'Visa', last4: sealed };
const lines = [{ sku: 'A', slug: 'a', title: 'Tile', variant: '', quantity: 2, unitPriceCents: 2500 }];
const placed = beginOrder(
  {
    type: 'cart.order-placed.v2',
    data: {
      ...{ orderId: 'o_1', cartId: 'c_1', shopperId: 's_1', lines, subtotalCents: 5000, shippingCents: 590 },
      ...{ taxCents: 893, totalCents: 5590, currency: 'EUR', payment },
      delivery: sealed,
    },
  },
  at,
);
const patience = { timeoutMs: 1000, attempts: 2, backoffMs: [500] };
const checkout = () => givenSaga(defineSaga<CheckoutData>(checkoutSaga(patience)), checkoutData(placed), 'o_1-1');
const authorized = ['cart.payment-authorized.v1', { key: 'o_1#1', authorizationId: 'auth_1' }] as const;

test('the good way: hold the money, set aside, take the money, confirm', () => {
  checkout()
    .thenCommands({
      type: 'cart.payment-authorization-requested.v1',
      data: { orderId: 'o_1', attempt: 1, token: 'tok_1', amountCents: 5590, currency: 'EUR' },
    })
    .whenReply(...authorized)
    .thenCommands({ type: 'cart.stock-requested.v1', data: { orderId: 'o_1', lines: [{ sku: 'A', quantity: 2 }] } })
    .whenReply('catalog.stock-reserved.v1')
    .thenCommands({
      type: 'cart.payment-capture-requested.v1',
      data: { orderId: 'o_1', attempt: 1, key: 'o_1#1', amountCents: 5590, currency: 'EUR' },
    })
    .whenReply('cart.payment-captured.v1')
    .thenCommands('cart.order-confirmation-requested.v1')
    .whenReply('cart.order-confirmed.v1')
    .thenState('completed');
});

const checkout3ds = () =>
  givenSaga(defineSaga<CheckoutData>(checkoutSaga3ds(patience, 15_000)), checkoutData(placed), 'o_1-1');

test('where a bank may ask its card holder, the checkout waits for them before goods are set aside', () => {
  checkout3ds()
    .whenReply('cart.payment-action-required.v1', { key: 'o_1#1' })
    .thenCommands({
      type: 'cart.payment-authentication-requested.v1',
      data: { orderId: 'o_1', attempt: 1, key: 'o_1#1', token: 'tok_1', amountCents: 5590, currency: 'EUR' },
    })
    .whenDue()
    .thenCommands('cart.payment-authentication-requested.v1')
    .whenReply(...authorized)
    .thenCommands('cart.stock-requested.v1')
    .whenReply('catalog.stock-reserved.v1')
    .thenCommands({
      type: 'cart.payment-capture-requested.v1',
      data: { orderId: 'o_1', attempt: 1, key: 'o_1#1', amountCents: 5590, currency: 'EUR' },
    });
});

test('who does not confirm gets back what may be held', () => {
  checkout3ds()
    .whenReply('cart.payment-action-required.v1', { key: 'o_1#1' })
    .whenReply('cart.payment-declined.v1', { reason: 'not-confirmed' })
    .thenCommands('cart.payment-void-requested.v1')
    .whenReply('cart.payment-voided.v1')
    .thenState('failed', 'not-confirmed');
});

test('a key of a payment tells its order and card, in every round', () => {
  for (const effect of ['o_1-2.authorize-payment.forward', 'o_1-2.authorize-payment.forward2'])
    expect(paymentOf(paymentKey('o_1', 2, effect))).toEqual({ orderId: 'o_1', attempt: 2 });
  expect(paymentOf('o_1')).toBeUndefined();
});

test('a declined card ends it, with nothing to undo', () => {
  checkout()
    .whenReply('cart.payment-declined.v1', { reason: 'insufficient-funds' })
    .thenCommands()
    .thenState('failed', 'insufficient-funds');
});

test('sold out: the payment is given back, and nothing was taken', () => {
  checkout()
    .whenReply(...authorized)
    .whenReply('catalog.stock-rejected.v1', { shortages: [{ sku: 'A', wanted: 2, available: 1 }] })
    .thenCommands('cart.payment-void-requested.v1')
    .whenReply('cart.payment-voided.v1')
    .thenState('failed', 'sold-out');
});

test('money that cannot be taken: the stock goes back first, then the payment', () => {
  checkout()
    .whenReply(...authorized)
    .whenReply('catalog.stock-held.v1')
    .whenReply('cart.payment-capture-refused.v1')
    .thenCommands('cart.stock-release-requested.v1')
    .whenReply('catalog.stock-released.v1')
    .thenCommands('cart.payment-void-requested.v1')
    .whenReply('cart.payment-voided.v1')
    .thenState('failed', 'payment-failed');
});

test('a provider that does not answer is asked again, and what may be held is given back at last', () => {
  checkout()
    .whenDue()
    .thenEvents('step-timed-out')
    .whenDue()
    .thenCommands('cart.payment-authorization-requested.v1')
    .whenDue()
    .thenCommands('cart.payment-void-requested.v1')
    .whenReply('cart.payment-voided.v1')
    .thenState('failed');
});

test('money that may have been taken is given back, whatever the provider says it is', () => {
  const taken = checkout()
    .whenReply(...authorized)
    .whenReply('catalog.stock-reserved.v1');
  taken.whenDue().whenDue().whenDue().thenCommands('cart.stock-release-requested.v1');
  taken
    .whenReply('catalog.stock-released.v1')
    .thenCommands('cart.payment-void-requested.v1')
    .whenReply('cart.payment-refunded.v1')
    .thenState('failed');
});

test('once the money is taken there is only the way forward, however long it takes', () => {
  const paid = checkout()
    .whenReply(...authorized)
    .whenReply('catalog.stock-reserved.v1')
    .whenReply('cart.payment-captured.v1');
  for (let tries = 0; tries < 50; tries++) paid.whenDue();
  paid.thenState('running').whenReply('cart.order-confirmed.v1').thenState('completed');
});

test('a payment that cannot be given back waits for a person', () => {
  const parked = checkout()
    .whenReply(...authorized)
    .whenReply('catalog.stock-rejected.v1', { shortages: [] });
  parked.whenDue().whenDue().whenDue().thenState('parked');
  parked.whenAct('retry').thenCommands('cart.payment-void-requested.v1');
  parked.whenReply('cart.payment-voided.v1').thenState('failed', 'sold-out');
});

test('a checkout is named by its order and card', () => {
  expect(checkoutOf(checkoutIdOf({ orderId: 'o_1-2', attempt: 3 }))).toEqual({ orderId: 'o_1-2', attempt: 3 });
  expect(checkoutOf('trip')).toBeUndefined();
});

const facts = (order: OrderState, ...events: Parameters<typeof evolveOrder>[1][]) =>
  events.reduce((state, event) => evolveOrder(state, event, at), order);
const hold = {
  type: 'cart.payment-authorized.v1',
  data: { orderId: 'o_1', attempt: 1, authorizationId: 'auth_1', amountCents: 5590, currency: 'EUR' },
} as const;
const decline = {
  type: 'cart.payment-declined.v1',
  data: { orderId: 'o_1', attempt: 1, reason: 'card-declined' },
} as const;
const confirm = { type: 'cart.order-confirmed.v1', data: { orderId: 'o_1' } } as const;
const reserve = {
  type: 'catalog.stock-reserved.v1',
  data: { orderId: 'o_1', lines: [{ sku: 'A', quantity: 2 }] },
} as const;

test('an order that is under way or done takes no other card', () => {
  for (const order of [placed, facts(placed, hold), facts(placed, hold, reserve, confirm)])
    expect(() => decidePayAgain(order, payment)).toThrow(RuleBroken);
});

test('what comes again, or is about an earlier card, changes nothing', () => {
  const declined = facts(placed, decline);
  const again = facts(declined, decidePayAgain(declined, { ...payment, token: 'tok_2' }));
  expect(again).toMatchObject({ status: 'placed', attempt: 2 });
  expect(facts(again, decline)).toEqual(again);
  const done = facts(placed, hold, reserve, confirm);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(hold, reserve, confirm, decline)), (repeated) => {
      expect(facts(done, ...repeated)).toEqual(done);
    }),
  );
});

test('a checkout that failed says why, once, and only of the card that it tried', () => {
  const reject = {
    type: 'catalog.stock-rejected.v1',
    data: { orderId: 'o_1', shortages: [{ sku: 'A', wanted: 2, available: 1 }] },
  } as const;
  const soldOut = facts(placed, hold, reject);
  const [rejected] = decideEnd(soldOut, 1, 5);
  expect(rejected).toMatchObject({ type: 'cart.order-rejected.v1', data: { reason: 'sold-out' } });
  expect(decideEnd(facts(soldOut, rejected!), 1, 5)).toEqual([]);
  expect(decideEnd(soldOut, 2, 5)).toEqual([]);
  expect(decideEnd(placed, 1, 5)).toMatchObject([{ type: 'cart.payment-unanswered.v1', data: { attempts: 5 } }]);
  expect(isUnderWay(facts(soldOut, rejected!).status)).toBe(false);
});
