import { describe, expect, it } from 'vitest';
import type { Delivery } from '../port.ts';
import type { Harness } from './harness.ts';
import { append, appendAll, collect, createGate, createLog, dataOf, range, type Log } from './helpers.ts';

export function describeConsume(harness: Harness): void {
  describe('consume', () => {
    const options = { stream: 'cart', durable: 'test' } as const;

    it('delivers what is there and then what comes', async () => {
      const seen = createLog<unknown>();
      await appendAll(harness.channel, 'cart.cart.a', [0, 1]);
      harness.channel.consume(options, ackInto(seen));
      await seen.atLeast(2);
      await appendAll(harness.channel, 'cart.cart.a', [2, 3]);
      expect(await seen.atLeast(4)).toEqual([0, 1, 2, 3]);
    });

    it('hands over the event as it was recorded, with a count of one', async () => {
      const deliveries = createLog<Delivery>();
      await append(harness.channel, 'cart.cart.a', { n: 1 });
      harness.channel.consume(options, async (delivery) => {
        deliveries.add(delivery);
        await delivery.ack();
      });
      const [recorded] = await collect(harness.channel.read('cart.>'));
      await deliveries.atLeast(1);
      expect(deliveries.items[0]).toMatchObject({ ...recorded, deliveryCount: 1, redelivered: false });
    });

    it.each(['cart.order.*', 'cart.order.a', 'cart.>'])('delivers only what lies in "%s"', async (filter) => {
      const seen = createLog<unknown>();
      harness.channel.consume({ ...options, filter }, ackInto(seen));
      await append(harness.channel, 'cart.order.a', 1);
      await append(harness.channel, 'chat.order.a', 2);
      if (filter !== 'cart.>') await append(harness.channel, 'cart.cart.a', 3);
      await append(harness.channel, 'cart.order.a', 4);
      expect(await seen.atLeast(2)).toEqual([1, 4]);
    });

    it('delivers only what comes when it begins with "new"', async () => {
      const seen = createLog<unknown>();
      await append(harness.channel, 'cart.cart.a', 'old');
      harness.channel.consume({ ...options, deliver: 'new' }, ackInto(seen));
      await append(harness.channel, 'cart.cart.a', 'new');
      expect(await seen.atLeast(1)).toEqual(['new']);
    });

    it('begins at a position, inclusive', async () => {
      const seen = createLog<unknown>();
      const appended = await appendAll(harness.channel, 'cart.cart.a', range(4));
      harness.channel.consume({ ...options, deliver: { from: appended[2]?.position ?? 0 } }, ackInto(seen));
      expect(await seen.atLeast(2)).toEqual([2, 3]);
    });

    it('delivers every event of a long log once when each is acked', async () => {
      const seen = createLog<unknown>();
      await Promise.all(range(1_500).map((data) => append(harness.channel, `cart.cart.c${data % 40}`, data)));
      harness.channel.consume(options, ackInto(seen));
      await seen.atLeast(1_500);
      expect(new Set(seen.items)).toEqual(new Set(range(1_500)));
      expect(seen.items).toHaveLength(1_500);
    });

    it('gives each durable all events', async () => {
      const logs = range(3).map(() => createLog<unknown>());
      logs.forEach((log, index) => harness.channel.consume({ ...options, durable: `d${index}` }, ackInto(log)));
      await appendAll(harness.channel, 'cart.cart.a', range(10));
      for (const log of logs) expect(await log.atLeast(10)).toEqual(range(10));
    });

    it('says up to where everything is acked, past events that it does not take', async () => {
      const seen = createLog<unknown>();
      const consumer = harness.channel.consume({ ...options, filter: 'cart.order.>' }, ackInto(seen));
      await append(harness.channel, 'cart.order.a', 1);
      await append(harness.channel, 'cart.cart.a', 2);
      const { position } = await append(harness.channel, 'cart.order.b', 3);
      await seen.atLeast(2);
      await until(() => consumer.ackedPosition >= position);
      const other = await append(harness.channel, 'cart.cart.a', 4);
      await until(() => consumer.ackedPosition >= other.position);
    });

    it('does not pass an event that is not acked, though later ones are', async () => {
      const gate = createGate();
      const seen = createLog<unknown>();
      const [first, , last] = await Promise.all(range(3).map((n) => append(harness.channel, `cart.cart.c${n}`, n)));
      const consumer = harness.channel.consume(options, async (delivery) => {
        seen.add(delivery.event.data);
        if (delivery.event.data === 0) await gate.opened;
        await delivery.ack();
      });
      await seen.atLeast(3);
      expect(consumer.ackedPosition).toBeLessThan(first?.position ?? 0);
      gate.open();
      await until(() => consumer.ackedPosition >= (last?.position ?? 0));
    });

    it('has at most so many unanswered deliveries as allowed', async () => {
      const waiting = createLog<Delivery>();
      await Promise.all(range(10).map((n) => append(harness.channel, `cart.cart.c${n}`, n)));
      const consumer = harness.channel.consume({ ...options, maxAckPending: 3 }, async (one) => waiting.add(one));
      await waiting.atLeast(3);
      for (const answered of range(7)) {
        expect([waiting.items.length, consumer.pending]).toEqual([3 + answered, 3]);
        await waiting.items[answered]?.ack();
        await waiting.atLeast(4 + answered);
      }
    });

    it('lets a handler append to the stream it consumes', async () => {
      const seen = createLog<unknown>();
      harness.channel.consume(options, async (delivery) => {
        const n = delivery.event.data as number;
        if (n < 5) await append(harness.channel, 'cart.cart.a', n + 1);
        seen.add(n);
        await delivery.ack();
      });
      await append(harness.channel, 'cart.cart.a', 0);
      expect(await seen.atLeast(6)).toEqual(range(6));
    });

    it('refuses a second handler for a durable', async () => {
      harness.channel.consume(options, async () => {});
      expect(() => harness.channel.consume(options, async () => {})).toThrow(
        expect.objectContaining({ code: 'durable-conflict' }),
      );
    });

    it('refuses another order than the durable was begun with', async () => {
      await harness.channel.consume(options, async () => {}).close();
      expect(() => harness.channel.consume({ ...options, order: 'stream' }, async () => {})).toThrow(
        expect.objectContaining({ code: 'durable-conflict' }),
      );
    });

    it('refuses a filter outside its stream', () => {
      expect(() => harness.channel.consume({ ...options, filter: 'chat.>' }, async () => {})).toThrow(
        expect.objectContaining({ code: 'invalid-subject' }),
      );
    });

    it('goes on behind what was acked when the durable is consumed again', async () => {
      const [before, after] = [createLog<unknown>(), createLog<unknown>()];
      await appendAll(harness.channel, 'cart.cart.a', [0, 1]);
      const consumer = harness.channel.consume(options, ackInto(before));
      await before.atLeast(2);
      await consumer.close();
      await append(harness.channel, 'cart.cart.a', 2);
      harness.channel.consume(options, ackInto(after));
      expect(await after.atLeast(1)).toEqual([2]);
    });

    it('delivers again what was not answered when the durable is consumed again', async () => {
      const [before, after] = [createLog<unknown>(), createLog<unknown>()];
      await Promise.all(range(2).map((n) => append(harness.channel, `cart.cart.c${n}`, n)));
      const consumer = harness.channel.consume(options, async ({ event, ack }) => {
        before.add(event.data);
        if (event.data === 1) await ack();
      });
      await before.atLeast(2);
      await consumer.close();
      harness.channel.consume(options, ackInto(after));
      await after.atLeast(1);
      expect(after.items).toContain(0);
    });

    it('works beside a tail and a read of the same events', async () => {
      const seen = createLog<unknown>();
      const tailing = collect(harness.channel.tail('cart.>', 1), 5);
      harness.channel.consume(options, ackInto(seen));
      await appendAll(harness.channel, 'cart.cart.a', range(5));
      expect(await seen.atLeast(5)).toEqual(range(5));
      expect(dataOf(await tailing)).toEqual(range(5));
      expect(dataOf(await collect(harness.channel.read('cart.>')))).toEqual(range(5));
    });
  });
}

/** A handler that notes the data and acks. */
function ackInto(log: Log<unknown>): (delivery: Delivery) => Promise<void> {
  return async (delivery) => {
    await delivery.ack();
    log.add(delivery.event.data);
  };
}

/** For what has no event of its own: looks again in each turn of the event loop. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
