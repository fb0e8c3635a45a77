import { readStream } from '../stream-reader.ts';
import type { PushStart, StreamReader } from '../stream-reader.ts';

/** Somebody who looks, fills the cart, talks and buys, again and again. */
export interface BusyShopper {
  readonly cookie: string;
  readonly start: PushStart;
  readonly reader: StreamReader;
  readonly counts: { requests: number; orders: number; messages: number };
  /** What did not go as it should have, in words. */
  readonly failures: string[];
  /** Goes on until the signal, finishing what is begun. */
  readonly work: (signal: AbortSignal) => Promise<void>;
  close(): Promise<void>;
}

const delivery = { name: 'A', email: 'a@b.de', street: 'S 1', city: 'Leipzig', postcode: '04109', country: 'DE' };
const card = { cardNumber: '4242424242424242', expiryMonth: 12, expiryYear: 2034, cvc: '123' };
/** A shelf that these shoppers cannot empty. */
export const goods = `Title,URL handle,Type,Published on online store,Status,SKU,Price,Inventory quantity
Endless tea,endless-tea,spices,TRUE,Active,ENDLESS-TEA,4.50,1000000
Endless mint,endless-mint,spices,TRUE,Active,ENDLESS-MINT,3.00,1000000
`;
const skus = ['ENDLESS-TEA', 'ENDLESS-MINT'];
/** The chat takes 60 messages at once and then one a second from a session: this one stays below, and a 429 is a failure. */
const betweenMessagesMs = 1_100;
const ended = ['confirmed', 'cancelled', 'declined', 'rejected'];

/**
 * Opens the shop as a browser does.
 * @param url of the gateway for pages and requests
 * @param pushUrl of the gateway for the push stream
 */
export const busyShopper = async (url: string, pushUrl: string, index: number): Promise<BusyShopper> => {
  const page = await fetch(`${url}/cart`, { headers: { accept: 'text/html' } });
  const cookie = page.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const data = /id="souk-page">(.*?)<\/script>/s.exec(await page.text())?.[1] ?? '{}';
  const { push: start } = JSON.parse(data) as { push: PushStart };
  const counts = { requests: 0, orders: 0, messages: 0 };
  const failures: string[] = [];
  let speaksFromMs = 0;

  const ask = async (path: string, init: RequestInit = {}): Promise<Record<string, unknown>> => {
    counts.requests++;
    const headers = { cookie, accept: 'application/json', 'content-type': 'application/json', ...init.headers };
    try {
      const answer = await fetch(`${url}${path}`, { ...init, headers });
      const text = await answer.text();
      if (answer.ok) return text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
      failures.push(`${init.method ?? 'GET'} ${path}: ${answer.status} ${text.slice(0, 200)}`);
    } catch (error) {
      failures.push(`${init.method ?? 'GET'} ${path}: ${String((error as Error).cause ?? error)}`);
    }
    return {};
  };
  const send = (path: string, body: unknown, method = 'POST', headers = {}) =>
    ask(path, { method, headers, body: JSON.stringify(body) });

  const turn = async (n: number): Promise<void> => {
    await ask('/', { headers: { accept: 'text/html' } });
    await ask('/api/catalog/products?q=tea');
    const sku = skus[index % skus.length]!;
    const quantity = 1 + (n % 3);
    const { position } = await send(`/api/cart/lines/${sku}`, { quantity }, 'PUT');
    // Whoever answers has what was just written, whichever replica that is.
    const cart = await ask('/api/cart', { headers: { 'if-position-at-least': String(position) } });
    const line = (cart.lines as { sku: string; quantity: number }[] | undefined)?.find((one) => one.sku === sku);
    if (line?.quantity !== quantity) failures.push(`the cart has ${line?.quantity} of ${sku}, not ${quantity}`);
    if (performance.now() >= speaksFromMs) {
      speaksFromMs = performance.now() + betweenMessagesMs;
      await send('/api/chat/messages', { clientMsgId: `${index}-${n}`, text: `message ${n}` });
      counts.messages++;
    }
    if (n % 4 === 3) await buy(`${index}-${n}`, Number(cart.totalCents));
  };
  const buy = async (key: string, expectedTotalCents: number): Promise<void> => {
    const { token } = await send('/api/cart/payment-tokens', card);
    const wish = { delivery, paymentToken: token, expectedTotalCents };
    const { orderId } = await send('/api/cart/checkout', wish, 'POST', { 'idempotency-key': `order-${key}` });
    counts.orders++;
    for (let look = 0; look < 300; look++) {
      const order = (await ask(`/api/cart/orders/${String(orderId)}`)) as { status?: string };
      const status = order.status ?? 'unknown';
      if (status === 'confirmed') return;
      if (status === 'unknown' || ended.includes(status)) return void failures.push(`an order is ${status}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    failures.push(`order ${String(orderId)} is still not confirmed`);
  };

  const reader = readStream(pushUrl, cookie, start, () => 100);
  return {
    ...{ cookie, start, reader, counts, failures },
    async work(signal) {
      for (let n = 0; !signal.aborted; n++) await turn(n);
    },
    close: () => reader.close(),
  };
};
