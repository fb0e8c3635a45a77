import type { CloudEvent, EventChannel } from '@souk/event-channel';
import { cloudEvent } from '@souk/service-kit';
import type { Database, KeyStore, Projection } from '@souk/service-kit';
import type { CartEvent, OrderEvent } from '../domain/events.ts';
import type { PaymentProvider } from '../payment/payment-provider.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { OneAtATime } from './one-at-a-time.ts';

/** What brought a command about, for correlation: the request, or the event being handled. */
export type Trail = Parameters<typeof cloudEvent>[0]['cause'];

/** What every command of the cart works with. */
export interface Context {
  readonly channel: EventChannel;
  readonly db: Database;
  /** What is about a person is sealed with the person's key. */
  readonly keys: KeyStore;
  /** Carts and orders, from our own stream. */
  readonly cart: Projection;
  readonly provider: PaymentProvider;
  /** One command per cart or order at a time. */
  readonly inTurn: OneAtATime;
  /** @param id when a second try must make the same event again. @default a new one */
  envelope(event: CartEvent | OrderEvent, trail: Trail, id?: string): CloudEvent;
  /**
   * Waits until queries show all of our own stream: for decisions about money that rest on a query.
   * @throws {Stale}
   */
  upToDate(): Promise<void>;
  /** Waits until queries show this position; gives up quietly when they lag, for the command itself is done. */
  readable(position: number): Promise<void>;
}

/** How long a command waits for queries to catch up, in milliseconds. */
const readableWithinMs = 2000;

/** Puts the context together. */
export function commandContext(parts: {
  readonly channel: EventChannel;
  readonly db: Database;
  readonly keys: KeyStore;
  readonly cart: Projection;
  readonly provider: PaymentProvider;
  readonly clock: () => Date;
  readonly newId: (prefix: string) => string;
}): Context {
  const { channel, db, keys, cart, provider, clock, newId } = parts;
  return {
    channel,
    db,
    keys,
    cart,
    provider,
    inTurn: oneAtATime(),
    envelope: ({ type, data }, cause, id = newId('e')) =>
      cloudEvent({ type, source: '/cart', data, time: clock(), id, ...(cause && { cause }) }),
    async upToDate() {
      await cart.waitFor(await channel.lastPosition('cart'), { timeoutMs: readableWithinMs });
    },
    async readable(position) {
      try {
        await cart.waitFor(position, { timeoutMs: readableWithinMs });
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'stale')) throw error;
      }
    },
  };
}
