import { describe, expect, it } from 'vitest';
import type { Delivery } from '../port.ts';
import type { Harness } from './harness.ts';
import { anEvent, append, appendAll, collect, createGate, createLog, dataOf, range } from './helpers.ts';

export function describeClose(harness: Harness): void {
  describe('close', () => {
    const options = { stream: 'cart', durable: 'test' } as const;
    const closed = expect.objectContaining({ code: 'channel-closed' });

    it('may be called again', async () => {
      await Promise.all([harness.channel.close(), harness.channel.close()]);
      await harness.channel.close();
    });

    it('ends every way in', async () => {
      const { channel } = harness;
      await channel.close();
      await expect(channel.append('cart.cart.a', [anEvent()], { expect: 'any' })).rejects.toEqual(closed);
      await expect(channel.lastPosition('cart')).rejects.toEqual(closed);
      await expect(channel.request('cart.a', { data: 1 }, { timeoutMs: 10 })).rejects.toEqual(closed);
      await expect((async () => collect(channel.read('cart.>')))()).rejects.toEqual(closed);
      expect(() => channel.tail('cart.>', 1)).toThrow(closed);
      expect(() => channel.consume(options, async () => {})).toThrow(closed);
      expect(() => channel.publish('cart.a', { data: 1 })).toThrow(closed);
      expect(() => channel.subscribe('cart.a', () => {})).toThrow(closed);
      expect(() => channel.respond('cart.a', 'g', async (message) => message)).toThrow(closed);
    });

    it('answers appends that were accepted', async () => {
      const appending = appendAll(harness.channel, 'cart.cart.a', range(10));
      const closing = harness.channel.close();
      expect(await appending).toHaveLength(10);
      await closing;
    });

    it('ends tails that wait', async () => {
      const seen = createLog<unknown>();
      await append(harness.channel, 'cart.cart.a', 1);
      const tailing = (async () => {
        for await (const { event } of harness.channel.tail('cart.>', 1)) seen.add(event.data);
      })();
      await seen.atLeast(1);
      await harness.channel.close();
      await tailing;
      expect(seen.items).toEqual([1]);
    });

    it('waits for handlers that run and keeps their acks', async () => {
      const [started, finish] = [createGate(), createGate()];
      const order: string[] = [];
      await append(harness.channel, 'cart.cart.a', 1);
      const consumer = harness.channel.consume(options, async (delivery) => {
        started.open();
        await finish.opened;
        await delivery.ack();
        order.push('handled');
      });
      await started.opened;
      const closing = harness.channel.close().then(() => order.push('closed'));
      finish.open();
      await closing;
      expect(order).toEqual(['handled', 'closed']);
      expect(consumer.pending).toBe(0);
    });

    it('of a consumer stops its deliveries and leaves the others', async () => {
      const [stopped, other] = [createLog<unknown>(), createLog<unknown>()];
      const handler = (log: typeof stopped) => async (delivery: Delivery) => {
        log.add(delivery.event.data);
        await delivery.ack();
      };
      const consumer = harness.channel.consume(options, handler(stopped));
      harness.channel.consume({ ...options, durable: 'other' }, handler(other));
      await append(harness.channel, 'cart.cart.a', 1);
      await stopped.atLeast(1);
      await consumer.close();
      await append(harness.channel, 'cart.cart.a', 2);
      await other.atLeast(2);
      expect(stopped.items).toEqual([1]);
    });

    it('of a consumer does not wait for an event that waits to be delivered again', async () => {
      const refused = createGate();
      await append(harness.channel, 'cart.cart.a', 1);
      const consumer = harness.channel.consume({ ...options, backoffMs: [2 ** 30] }, async (delivery) => {
        delivery.nak();
        refused.open();
      });
      await refused.opened;
      await consumer.close();
    });

    it('of a consumer leaves events that wait to be delivered again to the next one', async () => {
      const [before, after] = [createLog<number>(), createLog<number>()];
      await append(harness.channel, 'cart.cart.a', 1);
      const consumer = harness.channel.consume({ ...options, backoffMs: [1] }, async (delivery) => {
        delivery.nak();
        before.add(delivery.deliveryCount);
      });
      await before.atLeast(1);
      await consumer.close();
      const { length } = before.items;
      harness.channel.consume({ ...options, backoffMs: [20] }, async (delivery) => {
        after.add(delivery.deliveryCount);
        if (after.items.length < 3) delivery.nak();
        else await delivery.ack();
      });
      await after.atLeast(3);
      expect(before.items).toHaveLength(length);
    });

    it('of a consumer leaves its dead letters to the next one', async () => {
      const parked = createGate();
      const { position } = await append(harness.channel, 'cart.cart.a', 1);
      const consumer = harness.channel.consume(options, async (delivery) => {
        delivery.term('no');
        parked.open();
      });
      await parked.opened;
      await consumer.close();
      await expect(consumer.replay(position)).rejects.toEqual(closed);
      const next = harness.channel.consume(options, (delivery) => delivery.ack());
      expect(await next.deadLetters()).toMatchObject([{ position, reason: 'no' }]);
    });

    it('rejects requests that wait', async () => {
      const [asked, finish] = [createGate(), createGate()];
      harness.channel.respond('cart.where', 'g', async (message) => {
        asked.open();
        await finish.opened;
        return message;
      });
      const asking = harness.channel.request('cart.where', { data: 1 }, { timeoutMs: 10_000 });
      const rejected = expect(asking).rejects.toEqual(closed);
      await asked.opened;
      const closing = harness.channel.close();
      await rejected;
      finish.open();
      await closing;
    });

    it('while appends, a tail and a consumer are busy loses no acknowledged event', async () => {
      const seen = createLog<unknown>();
      const { channel } = harness;
      const tailing = (async () => {
        const all = [];
        for await (const recorded of channel.tail('cart.>', 1)) all.push(recorded);
        return dataOf(all);
      })();
      channel.consume(options, async (delivery) => {
        await delivery.ack();
        seen.add(delivery.event.data);
      });
      const writers = range(4).map(async (writer) => {
        for (let n = 0; ; n++) await append(channel, `cart.cart.c${writer}`, `${writer}/${n}`);
      });
      await seen.atLeast(100);
      const [closing, ...outcomes] = await Promise.allSettled([channel.close(), ...writers]);
      expect(closing.status).toBe('fulfilled');
      for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: closed });
      expect(new Set(seen.items).size).toBe(seen.items.length);
      expect((await tailing).length).toBeGreaterThan(0);
    });
  });
}
