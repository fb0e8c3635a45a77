/** The cart's backend as `msw` handlers over plain memory: for the playground and for component tests. */
import type { Card, Cart, CartLine, Checkout, Order, OrderStatus } from '@souk/cart-api';
import { http, HttpResponse } from 'msw/http';
import { goods } from './goods.ts';
import type { Good } from './goods.ts';

/** What is pushed to browsers when something happens. */
export type Push = (type: 'cart:changed' | 'cart:operation-finished' | 'cart:order-changed', detail: object) => void;

/** The backend, and what a test or the playground may do to it. */
export interface MockBackend {
  readonly handlers: ReturnType<typeof http.get>[];
  readonly orders: Map<string, Order>;
  /** Requests that came, as `PUT /api/cart/lines/x`. */
  readonly calls: string[];
  readonly checkoutKeys: string[];
  /** Idempotency keys of the additions that came. */
  readonly additionKeys: (string | null)[];
  /** Puts so many pieces into the cart, as another tab would. */
  put(sku: string, quantity: number): void;
  /** Changes the stock or the price of a good. */
  change(sku: string, change: Partial<Pick<Good, 'available' | 'unitPriceCents'>>): void;
  cart(): Cart;
  /** The next so many requests are answered like this. */
  fail(times: number, status?: number): void;
  /** The next checkout is carried out, but its answer is lost. */
  failCheckout(lost: () => void): void;
  /** The next checkout is only accepted; its result is there, and pushed, once this resolves. */
  acceptCheckout(until: Promise<unknown>): void;
  /** The next request is answered once this resolves. */
  hold(until: Promise<unknown>): void;
  /** Moves an order on and pushes it. */
  move(orderId: string, status: OrderStatus, more?: Partial<Order>): void;
}

export interface MockBackendOptions {
  readonly push?: Push;
  /** Orders go their way by themselves; how long a step takes, in milliseconds. @default they stand still */
  readonly stepMs?: number;
}

/** Opens the mocked backend. */
export function mockBackend({ push = () => {}, stepMs }: MockBackendOptions = {}): MockBackend {
  const stock = new Map(goods.map((good) => [good.sku, { ...good }]));
  const quantities = new Map<string, number>();
  const orders = new Map<string, Order>();
  const cards = new Map<string, string>();
  const calls: string[] = [];
  const checkoutKeys: string[] = [];
  const additionKeys: (string | null)[] = [];
  let failures = { times: 0, status: 503 };
  let held: Promise<unknown> | undefined;
  let loseAnswer: (() => void) | undefined;
  let accepted: Promise<unknown> | undefined;
  const operations = new Map<string, object>();
  let position = 0;
  let ids = 0;

  const cart = (): Cart => {
    const lines = [...quantities].flatMap(([sku, quantity]): CartLine[] => {
      const good = stock.get(sku);
      if (!good) return [];
      const problem = good.available === 0 ? 'sold-out' : good.available < quantity ? 'not-enough' : undefined;
      return [{ ...good, quantity, lineTotalCents: quantity * good.unitPriceCents, ...(problem && { problem }) }];
    });
    const subtotalCents = lines.reduce((sum, line) => sum + line.lineTotalCents, 0);
    const shippingCents = subtotalCents === 0 || subtotalCents >= 6000 ? 0 : 590;
    const totalCents = subtotalCents + shippingCents;
    const count = lines.reduce((sum, line) => sum + line.quantity, 0);
    const taxCents = Math.round((totalCents * 19) / 119);
    return { lines, count, subtotalCents, shippingCents, taxCents, totalCents, currency: 'EUR' };
  };
  const pushCart = () => {
    const { count, totalCents, currency } = cart();
    push('cart:changed', { count, totalCents, currency });
  };
  const set = (sku: string, quantity: number) => {
    if (quantity === 0) quantities.delete(sku);
    else quantities.set(sku, quantity);
    position++;
  };
  const move: MockBackend['move'] = (orderId, status, more = {}) => {
    const order = orders.get(orderId);
    if (!order) return;
    const timeline = [...order.timeline, { status, at: new Date().toISOString() }];
    orders.set(orderId, { ...order, ...more, status, timeline });
    push('cart:order-changed', { orderId, status });
  };
  const goItsWay = (orderId: string, last4: string) => {
    if (stepMs === undefined) return;
    const later = (steps: number, action: () => void) => void setTimeout(action, steps * stepMs);
    if (last4 === '0002') return later(1, () => move(orderId, 'payment-declined', { reason: 'card-declined' }));
    if (last4 === '9995') return later(1, () => move(orderId, 'payment-declined', { reason: 'insufficient-funds' }));
    if (last4 === '0119') return later(4, () => move(orderId, 'payment-failed', { reason: 'provider-unanswered' }));
    later(1, () => move(orderId, 'authorized'));
    later(2, () => move(orderId, 'reserved'));
    later(3, () => {
      quantities.clear();
      pushCart();
      move(orderId, 'confirmed');
    });
  };

  /** Counts the call and fails or waits as told, before the answer. */
  const answering =
    (answer: (request: Request, params: Record<string, unknown>) => Response | Promise<Response>) =>
    async ({ request, params }: { request: Request; params: Record<string, unknown> }) => {
      const { pathname } = new URL(request.url);
      calls.push(`${request.method} ${pathname}`);
      if (pathname === '/api/cart/lines') additionKeys.push(request.headers.get('idempotency-key'));
      const waitFor = held;
      held = undefined;
      await waitFor;
      if (failures.times > 0) {
        failures = { ...failures, times: failures.times - 1 };
        return failures.status === 0 ? HttpResponse.error() : problem(failures.status, 'unavailable', 'not available');
      }
      return answer(request, params);
    };
  const change = (sku: string, quantity: number) => {
    const good = stock.get(sku);
    if (!good) return problem(404, 'unknown-sku', 'The shop does not have this product.');
    const { available } = good;
    if (quantity > available)
      return problem(409, 'not-enough-stock', available ? `Only ${available} left.` : 'This one is sold out.', {
        sku,
        available,
      });
    set(sku, quantity);
    return HttpResponse.json({ ...cart(), position });
  };

  const handlers = [
    http.get(
      '/api/cart',
      answering(() => HttpResponse.json(cart())),
    ),
    http.get('/api/cart/payment-form', () => HttpResponse.json({ kind: 'card-fields' })),
    http.post(
      '/api/cart/lines',
      answering(async (request) => {
        const { sku, quantity } = (await request.json()) as { sku: string; quantity: number };
        return change(sku, (quantities.get(sku) ?? 0) + quantity);
      }),
    ),
    http.put(
      '/api/cart/lines/:sku',
      answering(async (request, { sku }) =>
        change(String(sku), ((await request.json()) as { quantity: number }).quantity),
      ),
    ),
    http.post(
      '/api/cart/payment-tokens',
      answering(async (request) => {
        const { cardNumber } = (await request.json()) as Card;
        const last4 = cardNumber.slice(-4);
        const token = `tok_${++ids}`;
        cards.set(token, last4);
        return HttpResponse.json({ token, brand: 'Visa', last4 }, { status: 201 });
      }),
    ),
    http.post(
      '/api/cart/checkout',
      answering(async (request) => {
        const { delivery, paymentToken, expectedTotalCents } = (await request.json()) as Checkout;
        const now = cart();
        if (now.totalCents !== expectedTotalCents)
          return problem(409, 'price-changed', 'A price has changed. Please look at the new total.', { cart: now });
        const key = request.headers.get('idempotency-key') ?? '';
        const orderId = `o_${key.slice(0, 12)}`;
        checkoutKeys.push(key);
        const known = orders.get(orderId);
        if (known) return HttpResponse.json({ orderId, status: known.status, position }, { status: 201 });
        const last4 = cards.get(paymentToken) ?? '4242';
        const placedAt = new Date().toISOString();
        orders.set(orderId, {
          ...now,
          ...{ orderId, status: 'placed', delivery, payment: { brand: 'Visa', last4 }, placedAt },
          timeline: [{ status: 'placed', at: placedAt }],
        });
        goItsWay(orderId, last4);
        if (loseAnswer) {
          loseAnswer();
          loseAnswer = undefined;
          return HttpResponse.error();
        }
        const result = { orderId, status: 'placed', position: ++position };
        if (accepted === undefined) return HttpResponse.json(result, { status: 201 });
        const operationId = `op-${key}`;
        operations.set(operationId, { status: 'pending' });
        void accepted.then(() => {
          operations.set(operationId, { status: 'succeeded', result });
          push('cart:operation-finished', { operationId, status: 'succeeded' });
        });
        accepted = undefined;
        const headers = { location: `/api/cart/operations/${operationId}` };
        return HttpResponse.json(operations.get(operationId), { status: 202, headers });
      }),
    ),
    http.get(
      '/api/cart/operations/:id',
      answering((_request, { id }) => HttpResponse.json(operations.get(String(id)))),
    ),
    http.get(
      '/api/cart/orders',
      answering(() => HttpResponse.json({ orders: [...orders.values()].map((order) => ({ ...order, count: 1 })) })),
    ),
    http.get(
      '/api/cart/orders/:orderId',
      answering((_request, { orderId }) => {
        const order = orders.get(String(orderId));
        return order ? HttpResponse.json(order) : problem(404, 'not-found', 'There is no such order.');
      }),
    ),
    http.post(
      '/api/cart/orders/:orderId/payment',
      answering(async (request, params) => {
        const orderId = String(params['orderId']);
        const last4 = cards.get(((await request.json()) as { paymentToken: string }).paymentToken) ?? '';
        move(orderId, 'placed', { payment: { brand: 'Visa', last4 } });
        goItsWay(orderId, last4);
        return HttpResponse.json({ orderId, status: 'placed', position: ++position });
      }),
    ),
  ] as unknown as MockBackend['handlers'];

  return {
    ...{ handlers, orders, calls, checkoutKeys, additionKeys, cart, move },
    put(sku, quantity) {
      set(sku, quantity);
      pushCart();
    },
    change(sku, to) {
      const good = stock.get(sku);
      if (good) stock.set(sku, { ...good, ...to });
    },
    fail: (times, status = 503) => void (failures = { times, status }),
    failCheckout: (lost) => void (loseAnswer = lost),
    acceptCheckout: (until) => void (accepted = until),
    hold: (until) => void (held = until),
  };
}

function problem(status: number, code: string, detail: string, more: object = {}): Response {
  const headers = { 'content-type': 'application/problem+json' };
  return HttpResponse.json({ title: '', status, code, detail, ...more }, { status, headers });
}
