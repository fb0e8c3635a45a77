import { createECDH } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NotificationPage, Unread } from '@souk/bell-api';
import type { EventChannel } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import type { Backend } from '@souk/service-kit';
import { given, serve, TEST_SECRET, testLog, type TestServer } from '@souk/service-kit/testing';
import { subjects, type IntegrationData } from '@souk/shared-events/integration';
import { createBellBackend, type BellBackendOptions } from '../bell-backend.ts';

/** Keys of no shop. */
export const testVapid = newKeys();

/** A bell behind a real server, on a channel of its own, and a shop in which things happen. */
export interface OpenBell extends TestServer {
  readonly channel: EventChannel;
  readonly backend: Backend;
  readonly dir: string;
  /** Answer to a GET, as the shopper `s_amina` or another one. */
  get<Body>(path: string, shopperId?: string): Promise<Body>;
  post(path: string, json?: unknown, shopperId?: string): Promise<Response>;
  notifications(shopperId?: string): Promise<NotificationPage>;
  unread(shopperId?: string): Promise<number>;
  /** Waits until the server's number is this one. */
  untilUnread(unread: number, shopperId?: string): Promise<void>;
  /** Events of the catalogue, the cart and the chat, as they would append them. */
  publish(slug: string, priceCents: number): Promise<void>;
  count(slug: string, quantity: number): Promise<void>;
  order(orderId: string, shopperId?: string): Promise<void>;
  orderEvent(orderId: string, type: keyof IntegrationData, more?: object): Promise<void>;
  /** Stops and starts again on the same files and log. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export const amina = 's_amina';

/** Opens one for a test; `close()` removes all of it. */
export async function openBell(more: Partial<BellBackendOptions> = {}): Promise<OpenBell> {
  const dir = mkdtempSync(join(tmpdir(), 'souk-bell-'));
  const { channel = memoryChannel() } = more;
  const start = async () => {
    const options = { channel, dataDir: dir, log: testLog, sessionSecret: TEST_SECRET, vapid: testVapid, ...more };
    const started = await createBellBackend(options);
    await started.ready();
    return started;
  };
  let backend = await start();
  const server = await serve({ handler: (request, response) => backend.handler(request, response) }, TEST_SECRET, {
    shopperId: amina,
  });
  const as = (shopperId: string) => ({ as: { shopperId } });
  const one = (subject: string, type: keyof IntegrationData, data: object) => given(channel, subject, [{ type, data }]);

  const bell: OpenBell = {
    ...server,
    channel,
    get backend() {
      return backend;
    },
    dir,
    get: async <Body>(path: string, shopperId = amina) =>
      (await (await server.fetch(`/api/bell/${path}`, as(shopperId))).json()) as Body,
    post: (path, json = {}, shopperId = amina) =>
      server.fetch(`/api/bell/${path}`, { method: 'POST', json, ...as(shopperId) }),
    notifications: (shopperId) => bell.get('notifications', shopperId),
    unread: async (shopperId) => (await bell.get<Unread>('unread', shopperId)).unread,
    async untilUnread(unread, shopperId = amina) {
      for await (const { event } of channel.tail(subjects.pushToShopper(shopperId), 1)) {
        const { type, detail } = event.data as { type: string; detail: Unread };
        if (type === 'bell:changed' && detail.unread === unread && (await bell.unread(shopperId)) === unread) return;
      }
    },
    async publish(slug, priceCents) {
      const variant = { sku: `${slug}-1`, options: {}, priceCents, currency: 'EUR' };
      const product = { ...{ slug, title: `The ${slug}`, description: '', vendor: '', tags: [], details: [] } };
      const rest = { category: { slug: 'all', title: 'All' }, status: 'active', options: [], pictures: [] };
      const data = { ...product, ...rest, variants: [variant] };
      await one(subjects.product(slug), 'catalog.product-published.v1', data);
    },
    async count(slug, quantity) {
      await one(subjects.stock(`${slug}-1`), 'catalog.stock-counted.v1', { sku: `${slug}-1`, quantity });
    },
    async order(orderId, shopperId = amina) {
      const data = { orderId, cartId: `c_${shopperId}`, shopperId, lines: [] };
      await one(subjects.order(orderId), 'cart.order-placed.v2', data);
    },
    async orderEvent(orderId, type, data = {}) {
      await one(subjects.order(orderId), type, { orderId, ...data });
    },
    async restart() {
      await backend.close();
      backend = await start();
    },
    async close() {
      await server.close();
      await backend.close();
      if (!more.channel) await channel.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return bell;
}

function newKeys() {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  const privateKey = ecdh.getPrivateKey('hex').padStart(64, '0');
  return {
    publicKey: ecdh.getPublicKey('base64url'),
    privateKey: Buffer.from(privateKey, 'hex').toString('base64url'),
  };
}
