import { describe, expect, it } from 'vitest';
import type { Delivery } from '../port.ts';
import type { Harness } from './harness.ts';
import { append, appendAll, createGate, createLog, range } from './helpers.ts';

export function describeOrder(harness: Harness): void {
  const options = { stream: 'cart', durable: 'test', backoffMs: [1], maxDeliver: 3 } as const;

  describe('order per subject', () => {
    it('holds an event back until the one before it on its subject is acked', async () => {
      const seen = createLog<string>();
      await appendAll(harness.channel, 'cart.cart.a', range(3));
      harness.channel.consume(options, async (delivery) => {
        seen.add(`${delivery.event.data}/${delivery.deliveryCount}`);
        if (delivery.deliveryCount < 2) delivery.nak();
        else await delivery.ack();
      });
      expect(await seen.atLeast(6)).toEqual(['0/1', '0/2', '1/1', '1/2', '2/1', '2/2']);
    });

    it('lets other subjects pass one that is held', async () => {
      const gate = createGate();
      const acked = createLog<unknown>();
      await appendAll(harness.channel, 'cart.cart.a', ['a1', 'a2']);
      await appendAll(harness.channel, 'cart.cart.b', ['b1', 'b2']);
      harness.channel.consume(options, async (delivery) => {
        if (delivery.event.data === 'a1') await gate.opened;
        await delivery.ack();
        acked.add(delivery.event.data);
      });
      expect(await acked.atLeast(2)).toEqual(['b1', 'b2']);
      gate.open();
      expect(await acked.atLeast(4)).toEqual(['b1', 'b2', 'a1', 'a2']);
    });

    it('keeps the order of a subject with hundreds of events behind a held one', async () => {
      const gate = createGate();
      const [hot, cold] = [createLog<unknown>(), createLog<unknown>()];
      await appendAll(harness.channel, 'cart.cart.hot', range(400));
      await append(harness.channel, 'cart.cart.cold', 'cold');
      harness.channel.consume(options, async (delivery) => {
        if (delivery.event.data === 0) await gate.opened;
        await delivery.ack();
        (delivery.subject === 'cart.cart.hot' ? hot : cold).add(delivery.event.data);
      });
      await cold.atLeast(1);
      expect(hot.items).toEqual([]);
      gate.open();
      await appendAll(
        harness.channel,
        'cart.cart.hot',
        range(100).map((n) => 400 + n),
      );
      expect(await hot.atLeast(500)).toEqual(range(500));
    });

    it('keeps the order of a subject that grows while hundreds of its events wait', async () => {
      const seen = createLog<unknown>();
      await appendAll(harness.channel, 'cart.cart.hot', range(200));
      harness.channel.consume(options, async (delivery) => {
        const n = delivery.event.data as number;
        if (n < 200) await append(harness.channel, 'cart.cart.hot', 200 + n);
        seen.add(n);
        await delivery.ack();
      });
      expect(await seen.atLeast(400)).toEqual(range(400));
    });

    it('keeps the order of every subject when handlers fail now and then', async () => {
      const acked = new Map<string, number[]>(range(5).map((n) => [`cart.cart.c${n}`, []]));
      const done = createLog<unknown>();
      await Promise.all(range(200).map((n) => append(harness.channel, `cart.cart.c${n % 5}`, n)));
      harness.channel.consume(options, async (delivery) => {
        const n = delivery.event.data as number;
        if (n % 3 === 0 && delivery.deliveryCount < 2) return delivery.nak(n % 4);
        if (n % 7 === 0 && delivery.deliveryCount < 3) throw new Error('now and then');
        acked.get(delivery.subject)?.push(n);
        await delivery.ack();
        done.add(n);
      });
      await done.atLeast(200);
      for (const order of acked.values()) expect(order).toEqual(order.toSorted((a, b) => a - b));
      expect([...acked.values()].flat()).toHaveLength(200);
    });

    it('parks a subject with a dead letter and lets no other subject wait', async () => {
      const seen = createLog<unknown>();
      await appendAll(harness.channel, 'cart.cart.a', ['dead', 'behind']);
      const consumer = harness.channel.consume(options, async (delivery) => {
        seen.add(delivery.event.data);
        if (delivery.event.data === 'dead') delivery.term('no use');
        else await delivery.ack();
      });
      await append(harness.channel, 'cart.cart.b', 'other');
      await seen.atLeast(2);
      await append(harness.channel, 'cart.cart.a', 'behind too');
      await append(harness.channel, 'cart.cart.b', 'other too');
      await seen.atLeast(3);
      expect(new Set(seen.items)).toEqual(new Set(['dead', 'other', 'other too']));
      expect(await consumer.deadLetters()).toMatchObject([{ reason: 'no use' }]);
    });
  });

  describe('order of the whole stream', () => {
    const strict = { ...options, order: 'stream' } as const;

    it('has never more than one event in delivery', async () => {
      const seen = createLog<unknown>();
      let busy = 0;
      await Promise.all(range(50).map((n) => append(harness.channel, `cart.cart.c${n % 7}`, n)));
      harness.channel.consume(strict, async (delivery) => {
        expect(++busy).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        busy--;
        seen.add(delivery.event.data);
        await delivery.ack();
      });
      expect(await seen.atLeast(50)).toEqual(range(50));
    });

    it('waits for an event that is delivered again', async () => {
      const seen = createLog<string>();
      await Promise.all(range(3).map((n) => append(harness.channel, `cart.cart.c${n}`, n)));
      harness.channel.consume(strict, async (delivery) => {
        seen.add(`${delivery.event.data}/${delivery.deliveryCount}`);
        if (delivery.deliveryCount < 2) delivery.nak();
        else await delivery.ack();
      });
      expect(await seen.atLeast(6)).toEqual(['0/1', '0/2', '1/1', '1/2', '2/1', '2/2']);
    });

    it.each(['replay', 'dismiss'] as const)('stops at a dead letter and goes on after %s', async (verb) => {
      let broken = true;
      const seen = createLog<unknown>();
      const done = createLog<unknown>();
      const [, dead] = await Promise.all(range(4).map((n) => append(harness.channel, `cart.cart.c${n}`, n)));
      const position = dead?.position ?? 0;
      const consumer = harness.channel.consume(strict, async (delivery) => {
        seen.add(delivery.event.data);
        if (delivery.event.data === 1 && broken) delivery.term('broken');
        else await delivery.ack();
        done.add(delivery.event.data);
      });
      await done.atLeast(2);
      expect(await consumer.deadLetters()).toMatchObject([{ position }]);
      expect(consumer.ackedPosition).toBeLessThan(position);
      broken = false;
      await consumer[verb](position);
      expect(await seen.atLeast(verb === 'replay' ? 5 : 4)).toEqual(verb === 'replay' ? [0, 1, 1, 2, 3] : [0, 1, 2, 3]);
      expect(await consumer.deadLetters()).toEqual([]);
    });
  });

  describe('no order', () => {
    const loose = { ...options, order: 'none' } as const;

    it('does not hold an event back for the one before it on its subject', async () => {
      const waiting = createLog<Delivery>();
      await appendAll(harness.channel, 'cart.cart.a', range(3));
      harness.channel.consume(loose, async (delivery) => waiting.add(delivery));
      await waiting.atLeast(3);
      for (const delivery of waiting.items.toReversed()) await delivery.ack();
    });

    it.each(['replay', 'dismiss'] as const)('lets events pass a dead letter, which %s settles', async (verb) => {
      let broken = true;
      const seen = createLog<unknown>();
      const [dead] = await appendAll(harness.channel, 'cart.cart.a', range(3));
      const consumer = harness.channel.consume(loose, async (delivery) => {
        if (delivery.event.data === 0 && broken) delivery.term('broken');
        else await delivery.ack();
        seen.add(delivery.event.data);
      });
      await seen.atLeast(3);
      broken = false;
      await consumer[verb](dead?.position ?? 0);
      await append(harness.channel, 'cart.cart.a', 3);
      await seen.atLeast(verb === 'replay' ? 5 : 4);
      expect(seen.items.filter((data) => data === 0)).toHaveLength(verb === 'replay' ? 2 : 1);
      expect(await consumer.deadLetters()).toEqual([]);
    });
  });
}
