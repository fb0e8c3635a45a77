import { afterEach, expect, test, vi } from 'vitest';
import type { CloudEvent, EventChannel } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { untilEvent } from '@souk/service-kit/testing';
import { add, checkOut, openShop, playCatalog, seen, tokenFor } from './testing/shop.ts';
import type { Shop } from './testing/shop.ts';

let real: EventChannel;
let shop: Shop;
/** What the log does not take, until it is healed. */
let refuses: (event: CloudEvent) => boolean;

const as = { shopperId: 's_karim', roles: ['staff'] as const };
/** So long that no checkout asks again by itself while the test lasts. */
const patience = { deadlineMs: 50, timeoutMs: 600_000, attempts: 3, backoffMs: [20] };

/** A log on which some events cannot be written, and on which deliveries are tried again at once. */
function brokenChannel(): EventChannel {
  real = memoryChannel({ onHandlerError: () => undefined });
  // Without it a reply is taken in by a reactor, as on a log that is somewhere else.
  const { followUp: _, ...rest } = real;
  return {
    ...rest,
    capabilities: real.capabilities,
    consume: (options, handler) => real.consume({ ...options, backoffMs: [1] }, handler),
    append: async (subject, events, options) => {
      if (events.some((event) => refuses(event))) throw new Error('the disk is full');
      return real.append(subject, events, options);
    },
  };
}

afterEach(async () => {
  await shop.close();
  await real.close();
});

interface Letters {
  readonly deadLetters: readonly { readonly position: number }[];
}

interface Ready {
  readonly status: string;
  readonly followers: readonly { readonly name: string; readonly deadLetters: number; readonly sagas?: object }[];
}

/** What the staff is answered; a test says what it expects of it. */
async function ask<Answer = unknown>(path: string): Promise<Answer> {
  return (await shop.server.fetch(path, { as })).json() as Promise<Answer>;
}

test.each([
  [
    'a confirmation that cannot be done',
    'cart-checkout-steps',
    'cart.order-confirmation-requested.v1',
    ({ type }: CloudEvent) => type === 'cart.checked-out.v1',
  ],
  [
    'an answer that cannot be taken in',
    'cart-sagas-cart',
    'cart.payment-captured.v1',
    ({ type, data }: CloudEvent) =>
      type === 'cart.saga-step-succeeded.v1' && (data as { step: string }).step === 'capture-payment',
  ],
])(
  '%s is a dead letter that the staff sees beside its checkout; replayed, the order is confirmed',
  async (_, reactor, type, broken) => {
    refuses = broken;
    shop = await openShop(brokenChannel(), { patience });
    playCatalog(real);
    await shop.sell('A', { priceCents: 2500, quantity: 5 });
    await add(shop, 'A', 2);
    const placed = await checkOut(shop, await tokenFor(shop, '4242424242424242'));
    expect(placed.status).toBe(201);
    const { orderId } = (await placed.json()) as { orderId: string };
    await untilEvent(real, 'cart.upkeep.>', ({ event }) => event.type === 'cart.dead-letter-parked.v1');

    const { deadLetters } = await ask<Letters>('/api/cart/dead-letters');
    expect(deadLetters).toEqual([expect.objectContaining({ reactor, type, stream: 'cart' })]);
    expect(await ask(`/api/cart/sagas/${orderId}-1`)).toMatchObject({ state: 'running' });
    const { followers } = await vi.waitFor(async () => {
      const ready = await ask<Ready>('/api/cart/readyz');
      expect(ready.status).toBe('degraded');
      return ready;
    });
    const sagas = followers.find(({ name }) => name === 'cart-sagas');
    expect(sagas?.sagas).toMatchObject({ running: 1, oldestPendingSeconds: expect.any(Number) });
    expect(followers.reduce((sum, one) => sum + one.deadLetters, 0)).toBe(1);

    refuses = () => false;
    const replay = `/api/cart/dead-letters/${reactor}/${deadLetters[0]?.position}/replay`;
    expect((await shop.server.fetch(replay, { method: 'POST', json: {} })).status).toBe(403);
    expect((await shop.server.fetch(replay, { method: 'POST', json: {}, as })).status).toBe(200);
    await seen(real, `cart.saga.${orderId}-1`, 'cart.saga-ended.v1');
    await shop.backend.ready();
    expect(await ask(`/api/cart/sagas/${orderId}-1`)).toMatchObject({ state: 'completed' });
    expect(await ask('/api/cart/dead-letters')).toEqual({ deadLetters: [] });
    expect(await ask('/api/cart/readyz')).toMatchObject({ status: 'ready' });
    const order = await (await shop.server.fetch(`/api/cart/orders/${orderId}`)).json();
    expect(order).toMatchObject({ status: 'confirmed' });
  },
);
