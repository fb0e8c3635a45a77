import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudEvent, EventChannel, Recorded } from '@souk/event-channel';
import { cloudEvent } from '@souk/service-kit';
import type { Backend } from '@souk/service-kit';
import { given, serve, TEST_SECRET, testLog } from '@souk/service-kit/testing';
import type { TestServer } from '@souk/service-kit/testing';
import { subjects } from '@souk/shared-events/integration';
import { createCartBackend } from '../cart-backend.ts';
import type { CartBackendOptions } from '../cart-backend.ts';

/** A cart backend behind a real server, with what a test needs around it. */
export interface Shop {
  readonly backend: Backend;
  readonly server: TestServer;
  readonly dataDir: string;
  readonly channel: EventChannel;
  /** Puts a product with one variant on sale and waits until it can be added. */
  sell(sku: string, options?: { priceCents?: number; quantity?: number; title?: string }): Promise<void>;
  close(): Promise<void>;
}

/** Opens a shop on a channel; on `dataDir`, when given, as after a restart. */
export async function openShop(
  channel: EventChannel,
  options: Partial<CartBackendOptions> & { readonly dataDir?: string } = {},
): Promise<Shop> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'souk-cart-')));
  const patience = { deadlineMs: 50, timeoutMs: 1000, attempts: 3, backoffMs: [20] };
  const parts = { log: testLog, sessionSecret: TEST_SECRET, patience, ...options, channel, dataDir };
  const backend = await createCartBackend(parts);
  const server = await serve(backend, TEST_SECRET, { shopperId: 's_anna' });
  return {
    ...{ backend, server, dataDir, channel },
    async sell(sku, { priceCents = 1000, quantity = 10, title = `Tile ${sku}` } = {}) {
      const product = {
        ...{ slug: sku, title, description: '', category: 'tiles', vendor: '', tags: [], details: [] },
        ...{
          status: 'active',
          options: [],
          pictures: [{ src: `/p/${sku}.avif`, width: 800, height: 800, alt: title }],
        },
        variants: [{ sku, options: {}, priceCents, currency: 'EUR' }],
      };
      await given(channel, subjects.product(sku), [{ type: 'catalog.product-published.v1', data: product }]);
      await given(channel, subjects.stock(sku), [{ type: 'catalog.stock-counted.v1', data: { sku, quantity } }]);
      await backend.ready();
    },
    async close() {
      await server.close();
      await backend.close();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** What the catalogue that is played says to a request; `silent` says nothing. */
export type CatalogAnswer = 'reserve' | 'reject' | 'silent';

/** Plays the catalogue: each request of a checkout gets its answer, and the stock of an order moves once. */
export function playCatalog(channel: EventChannel, answer: CatalogAnswer | (() => CatalogAnswer) = 'reserve') {
  const held = new Map<string, unknown>();
  return channel.consume({ stream: 'cart', durable: 'test-catalog', filter: 'cart.saga.>' }, async (delivery) => {
    const { type, data, id } = delivery.event as CloudEvent<string, { orderId: string; lines: Line[] }>;
    const says = typeof answer === 'function' ? answer() : answer;
    const reply = says === 'silent' ? undefined : answerTo(type, data, says, held);
    const source = '/catalog';
    if (reply) {
      const event = cloudEvent({ ...reply, source, cause: delivery, id: `${id}-1` });
      await channel.append(subjects.reservation(data.orderId), [event], { expect: 'any' });
    }
    await delivery.ack();
  });
}

interface Line {
  readonly sku: string;
  readonly quantity: number;
}

function answerTo(
  type: string,
  { orderId, lines }: { orderId: string; lines: Line[] },
  says: string,
  held: Map<string, unknown>,
): { type: string; data: unknown } | undefined {
  const before = held.get(orderId);
  if (type === 'cart.stock-release-requested.v1') {
    held.delete(orderId);
    if (before === undefined) return { type: 'catalog.stock-not-held.v1', data: { orderId } };
    return { type: 'catalog.stock-released.v1', data: { orderId, lines: before } };
  }
  if (type !== 'cart.stock-requested.v1') return undefined;
  if (before !== undefined) return { type: 'catalog.stock-held.v1', data: { orderId, lines } };
  const shortages = lines.map(({ sku, quantity }) => ({ sku, wanted: quantity, available: 0 }));
  if (says === 'reject') return { type: 'catalog.stock-rejected.v1', data: { orderId, shortages } };
  held.set(orderId, lines);
  return { type: 'catalog.stock-reserved.v1', data: { orderId, lines } };
}

/** Types of all events that match, in order. */
export async function types(channel: EventChannel, filter: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { event } of channel.read(filter)) found.push(event.type);
  return found;
}

/** The first event of this type, from the beginning of the stream on; waits for it. @param pushed type of what is pushed */
export async function seen(channel: EventChannel, filter: string, type: string, pushed?: string): Promise<Recorded> {
  for await (const recorded of channel.tail(filter, 1)) {
    const { data } = recorded.event as { data: { type?: string } };
    if (recorded.event.type === type && (pushed === undefined || data.type === pushed)) return recorded;
  }
  throw new Error(`the channel closed before ${type}`);
}

/** A delivery address that is in order. */
export const delivery = {
  ...{ name: 'Anna Amari', email: 'anna@example.com', street: 'Kasbah 12' },
  ...{ city: 'Leipzig', postcode: '04109', country: 'DE' },
};

/** A token for a card of the sandbox. */
export async function tokenFor(shop: Shop, cardNumber: string): Promise<string> {
  const card = { cardNumber, expiryMonth: 12, expiryYear: 2090, cvc: '123' };
  const answer = await shop.server.fetch('/api/cart/payment-tokens', { method: 'POST', json: card });
  return ((await answer.json()) as { token: string }).token;
}

/** Adds to the cart of the test's shopper. */
export function add(shop: Shop, sku: string, quantity: number): Promise<Response> {
  return shop.server.fetch('/api/cart/lines', { method: 'POST', json: { sku, quantity } });
}

/** Checks out with the total the cart shows. */
export async function checkOut(shop: Shop, paymentToken: string, key = 'key-1'): Promise<Response> {
  const cart = (await (await shop.server.fetch('/api/cart')).json()) as { totalCents: number };
  return shop.server.fetch('/api/cart/checkout', {
    ...{ method: 'POST', headers: { 'idempotency-key': key } },
    json: { delivery, paymentToken, expectedTotalCents: cart.totalCents },
  });
}
