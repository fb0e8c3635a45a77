import { describe, expect, it } from 'vitest';
import { orderAnswer, orderAskedFor, ordersAnswer, type OrderStatus, type ShopperOrders } from './order-question.ts';

const rest = 'Nobody is there.';
const order = (orderId: string, more: object = {}) => ({
  ...{ orderId, status: 'confirmed', waitsFor: 'nothing', placedAt: '', totalCents: 1, currency: 'EUR', lines: [] },
  timeline: [{ status: 'confirmed', at: '2026-11-23T15:40:00.000Z' }],
  ...more,
});
const shopper = (...orders: object[]) => ({ name: null, cart: {}, orders, more: 0 }) as unknown as ShopperOrders;

describe('A question after an order', () => {
  it('is one after the order it names, the one it is about, or all of them.', () => {
    const about = { kind: 'order', id: 'o_12345678' } as const;
    expect(orderAskedFor('What of o_abcdef12?', about)).toEqual({ orderId: 'o_abcdef12' });
    expect(orderAskedFor('When does it come?', about)).toEqual({ orderId: 'o_12345678' });
    expect(orderAskedFor('Can I change the address?', about)).toBeUndefined();
    for (const text of ['Where is my order?', 'has my latest parcel been sent', 'When will the delivery arrive?']) {
      expect(orderAskedFor(text, null), text).toBe('all');
      expect(orderAskedFor(text, { kind: 'product', id: 'fes-tile' }), text).toBe('all');
    }
    for (const text of ['Where are you?', 'I love my order', 'How do I order?', 'When do you open?']) {
      expect(orderAskedFor(text, null), text).toBeUndefined();
    }
  });

  it('is answered for every state, delayed and parked ones too, with what the shopper can do.', () => {
    const said = (status: string, waitsFor: string, more = {}) =>
      orderAnswer('o_1', { known: true, timeline: [], status, waitsFor, ...more } as OrderStatus, rest);
    expect(said('placed', 'payment')).toBe(`Order o_1: it is placed, and we wait for the payment provider. ${rest}`);
    expect(said('placed', 'payment', { delayed: 'payment' })).toMatch(/takes longer than usual to answer/);
    expect(said('authorized', 'stock')).toMatch(/goods are being set aside/);
    expect(said('authorized', 'stock', { delayed: 'stock' })).toMatch(/setting the goods aside takes longer/);
    expect(said('reserved', 'payment')).toMatch(/payment is being taken/);
    expect(said('reserved', 'payment', { delayed: 'person' })).toMatch(/needs one of us to look at it/);
    expect(said('confirmed', 'nothing')).toMatch(/confirmed and paid/);
    expect(said('sold-out', 'nothing')).toMatch(/sold out\. Nothing was charged/);
    expect(said('payment-declined', 'other-card')).toMatch(/declined and nothing was charged\. You can pay/);
    expect(said('payment-failed', 'other-card')).toMatch(/You can try again/);
    expect(said('payment-failed', 'nothing')).toMatch(/did not go through, and nothing was charged\. Nobody/);
  });

  it('is answered alike for an order that is another’s and one that is none.', () => {
    expect(orderAnswer('o_1', { known: false }, rest)).toBe(`I find no order o_1 of yours. ${rest}`);
    expect(orderAnswer('o_1', 'unanswered', rest)).toBe(`I cannot look up order o_1 at the moment. ${rest}`);
  });

  it('without a number is answered for none, one and several orders, those that are not done first.', () => {
    expect(ordersAnswer(shopper(), rest)).toBe(`I find no order of yours from this browser. ${rest}`);
    expect(ordersAnswer('unanswered', rest)).toBe(`I cannot look up your orders at the moment. ${rest}`);
    expect(ordersAnswer(shopper(order('o_1')), rest)).toBe(
      `Order o_1, 23 November, 15:40 UTC: it is confirmed and paid, and will be sent. ${rest}`,
    );
    const declined = order('o_3', { status: 'payment-declined', waitsFor: 'other-card' });
    const told = ordersAnswer(shopper(order('o_1'), order('o_2'), declined), rest).split('\n\n');
    expect(told.map((line) => line.slice(0, 9))).toEqual(['Order o_3', 'Order o_1', 'Order o_2', 'Nobody is']);
    const many = Array.from({ length: 7 }, (_, n) => order(`o_${n}`));
    expect(ordersAnswer(shopper(...many), rest)).toContain('And 2 more.');
  });
});
