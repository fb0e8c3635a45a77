import { setTimeout as delay } from 'node:timers/promises';

/** What a shopper sends to buy. */
export interface Wish {
  readonly paymentToken: string;
  readonly expectedTotalCents: number;
}

/** Somebody who buys one piece over HTTP, as a browser would. */
export interface Shopper {
  /** Puts one piece into the cart; says of which, and how many there were. */
  fill(): Promise<{ readonly sku: string; readonly available: number }>;
  wish(card: string): Promise<Wish>;
  /** Sends the checkout, with the same key each time. */
  checkOut(wish: Wish): Promise<Response>;
  /** Sends it until the order is there, as after a lost answer. */
  checkOutUntilPlaced(wish: Wish): Promise<string>;
  /**
   * Answers the bank that asks the card holder, once, as soon as it does; over restarts of the shop, until the signal ends it.
   * @param tellBank is what they do at the bank
   */
  answerBank(tellBank: () => void, signal: AbortSignal): Promise<void>;
  /** Waits for the order's end; the staff repairs what needs a person. */
  end(orderId: string): Promise<string>;
  available(sku: string): Promise<number>;
  orders(): Promise<number>;
  inCart(): Promise<number>;
}

const path = '/api/catalog/products/beldi-glass';
const delivery = { name: 'A', email: 'a@b.de', street: 'S 1', city: 'Leipzig', postcode: '04109', country: 'DE' };
const patienceMs = 60_000;
const lookAgainMs = 50;

/** Comes into the shop; ids and cookies last over its restarts. */
export async function shopper(url: string): Promise<Shopper> {
  const own = await browser(url, '/cart');
  const staff = async () => {
    const person = await browser(url, '/sign-in');
    const body = new URLSearchParams({ name: 'Karim', password: 'open-sesame', next: '/desk' });
    await person.ask('/sign-in', { method: 'POST', body });
    return person;
  };
  const variant = async () => {
    const { variants } = await own.json<{ variants: { sku: string; available: number }[] }>(path);
    return variants;
  };

  const self: Shopper = {
    async fill() {
      const one = (await variant()).find(({ available }) => available > 1)!;
      await own.json('/api/cart/lines', { sku: one.sku, quantity: 1 });
      return one;
    },
    async wish(cardNumber) {
      const card = { cardNumber, expiryMonth: 12, expiryYear: 2034, cvc: '123' };
      const { token } = await own.json<{ token: string }>('/api/cart/payment-tokens', card);
      const { totalCents } = await own.json<{ totalCents: number }>('/api/cart');
      return { paymentToken: token, expectedTotalCents: totalCents };
    },
    checkOut(wish) {
      const headers = { 'content-type': 'application/json', 'idempotency-key': 'the-only-one' };
      return own.ask('/api/cart/checkout', { method: 'POST', headers, body: JSON.stringify({ delivery, ...wish }) });
    },
    checkOutUntilPlaced: (wish) =>
      until(async () => {
        const answer = await self.checkOut(wish);
        const { orderId } = (await answer.json()) as { orderId?: string };
        return answer.status === 201 ? orderId : undefined;
      }, 'no answer to the checkout'),
    async answerBank(tellBank, signal) {
      while (!signal.aborted) {
        // The shop may be dead at any moment here.
        const isTold = await told(tellBank).catch(() => false);
        if (isTold) return;
        await delay(lookAgainMs);
      }
    },
    end: (orderId) =>
      until(async () => {
        type Order = { status: string; delayed?: string };
        const { status, delayed } = await own.json<Order>(`/api/cart/orders/${orderId}`);
        if (delayed === 'person') await repair(await staff(), orderId);
        return ['placed', 'authorized', 'reserved'].includes(status) ? undefined : status;
      }, `${orderId} got stuck`),
    async available(sku) {
      return (await variant()).find((one) => one.sku === sku)?.available ?? -1;
    },
    async orders() {
      return (await own.json<{ orders: unknown[] }>('/api/cart/orders')).orders.length;
    },
    async inCart() {
      return (await own.json<{ count: number }>('/api/cart')).count;
    },
  };
  return self;

  async function told(tellBank: () => void): Promise<boolean> {
    const [order] = (await own.json<{ orders: { orderId: string }[] }>('/api/cart/orders')).orders;
    if (order === undefined) return false;
    const path = `/api/cart/orders/${order.orderId}/authentication`;
    const { clientSecret = null } = await own.json<{ clientSecret?: string | null }>(path, {});
    if (clientSecret === null) return false;
    tellBank();
    // As the page does when the bank's own page closes: it asks how the payment stands now.
    await own.json(path, {});
    return true;
  }
}

async function repair(staff: Awaited<ReturnType<typeof browser>>, orderId: string): Promise<void> {
  const saga = `/api/cart/sagas/${orderId}-1`;
  const { revision } = await staff.json<{ revision: number }>(saga);
  await staff.json(`${saga}/acts`, { act: 'retry', why: 'the provider is back', revision });
}

/** Keeps cookies, and says where its requests come from. */
async function browser(url: string, first: string) {
  const jar = new Map<string, string>();
  const ask = async (to: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('origin', url);
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const answer = await fetch(new URL(to, url), { ...init, headers, redirect: 'manual' });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    return answer;
  };
  const json = async <Answer>(to: string, body?: unknown): Promise<Answer> => {
    const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    return (await (await ask(to, body === undefined ? {} : sent)).json()) as Answer;
  };
  await ask(first);
  return { ask, json };
}

async function until<Result>(look: () => Promise<Result | undefined>, otherwise: string): Promise<Result> {
  const end = Date.now() + patienceMs;
  while (Date.now() < end) {
    const result = await look();
    if (result !== undefined) return result;
    await delay(lookAgainMs);
  }
  throw new Error(otherwise);
}
