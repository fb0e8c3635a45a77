import { describe, expect, it } from 'vitest';
import type { Delivery } from '../port.ts';
import type { Harness } from './harness.ts';
import { append, createGate, createLog, range } from './helpers.ts';

export function describeRetry(harness: Harness): void {
  describe('redelivery', () => {
    const options = { stream: 'cart', durable: 'test', backoffMs: [1], maxDeliver: 5 } as const;

    it('delivers again what the handler refuses, and says so', async () => {
      const counts = createLog<unknown>();
      await append(harness.channel, 'cart.cart.a', 1);
      harness.channel.consume(options, async (delivery) => {
        counts.add([delivery.deliveryCount, delivery.redelivered]);
        if (delivery.deliveryCount < 3) delivery.nak();
        else await delivery.ack();
      });
      expect(await counts.atLeast(3)).toEqual([
        [1, false],
        [2, true],
        [3, true],
      ]);
    });

    it('delivers again when the handler throws', async () => {
      const counts = createLog<number>();
      await append(harness.channel, 'cart.cart.a', 1);
      harness.channel.consume(options, async (delivery) => {
        counts.add(delivery.deliveryCount);
        if (delivery.deliveryCount === 1) throw new Error('first try');
        await delivery.ack();
      });
      expect(await counts.atLeast(2)).toEqual([1, 2]);
    });

    it('delivers again when the handler throws before it returns a promise', async () => {
      const counts = createLog<number>();
      await append(harness.channel, 'cart.cart.a', 1);
      harness.channel.consume(options, (delivery) => {
        counts.add(delivery.deliveryCount);
        if (delivery.deliveryCount === 1) throw new Error('first try');
        return delivery.ack();
      });
      expect(await counts.atLeast(2)).toEqual([1, 2]);
    });

    it('delivers again what has no answer in the ack wait', async () => {
      const counts = createLog<number>();
      await append(harness.channel, 'cart.cart.a', 1);
      harness.channel.consume({ ...options, ackWaitMs: 20 }, async (delivery) => {
        counts.add(delivery.deliveryCount);
        if (delivery.deliveryCount === 2) await delivery.ack();
      });
      expect(await counts.atLeast(2)).toEqual([1, 2]);
    });

    it('begins the ack wait anew when the handler says it is still busy', async () => {
      const [started, done] = [createLog<number>(), createLog<number>()];
      await append(harness.channel, 'cart.cart.a', 1);
      harness.channel.consume({ ...options, ackWaitMs: 250 }, async (delivery) => {
        started.add(delivery.deliveryCount);
        for (const _ of range(10)) {
          await new Promise((resolve) => setTimeout(resolve, 40));
          delivery.inProgress();
        }
        await delivery.ack();
        done.add(delivery.deliveryCount);
      });
      await done.atLeast(1);
      expect(started.items).toEqual([1]);
    });

    it('takes an ack of an earlier delivery as an ack', async () => {
      const deliveries = createLog<Delivery>();
      const next = createGate();
      await append(harness.channel, 'cart.cart.a', 1);
      harness.channel.consume({ ...options, ackWaitMs: 20 }, async (delivery) => {
        deliveries.add(delivery);
        if (delivery.event.data === 2) next.open();
        else if (delivery.deliveryCount === 2) await deliveries.items[0]?.ack();
      });
      await append(harness.channel, 'cart.cart.a', 2);
      await next.opened;
      const counts = deliveries.items.filter(({ event }) => event.data === 1).map((one) => one.deliveryCount);
      expect(counts).toEqual([1, 2]);
    });

    it('listens to the first answer only', async () => {
      const seen = createLog<unknown>();
      const consumer = harness.channel.consume(options, async (delivery) => {
        seen.add(delivery.event.data);
        await delivery.ack();
        delivery.nak(0);
        delivery.term('changed my mind');
        await delivery.ack();
        throw new Error('after the ack');
      });
      await append(harness.channel, 'cart.cart.a', 1);
      await append(harness.channel, 'cart.cart.a', 2);
      expect(await seen.atLeast(2)).toEqual([1, 2]);
      expect(await consumer.deadLetters()).toEqual([]);
    });

    it('delivers other events while one waits to be delivered again', async () => {
      const seen = createLog<unknown>();
      await append(harness.channel, 'cart.cart.a', 'refused');
      await append(harness.channel, 'cart.cart.b', 'other');
      harness.channel.consume({ ...options, backoffMs: [2 ** 30] }, async (delivery) => {
        seen.add(delivery.event.data);
        if (delivery.event.data === 'refused') delivery.nak();
        else await delivery.ack();
      });
      expect(await seen.atLeast(2)).toEqual(['refused', 'other']);
    });

    it('waits as long as the handler says rather than as long as the backoff', async () => {
      const counts = createLog<number>();
      await append(harness.channel, 'cart.cart.a', 1);
      harness.channel.consume({ ...options, backoffMs: [2 ** 30] }, async (delivery) => {
        counts.add(delivery.deliveryCount);
        if (delivery.deliveryCount === 1) delivery.nak(1);
        else await delivery.ack();
      });
      expect(await counts.atLeast(2)).toEqual([1, 2]);
    });

    it('uses the last backoff for all further deliveries', async () => {
      const counts = createLog<number>();
      await append(harness.channel, 'cart.cart.a', 1);
      harness.channel.consume({ ...options, backoffMs: [2, 1] }, async (delivery) => {
        counts.add(delivery.deliveryCount);
        if (delivery.deliveryCount === 5) await delivery.ack();
        else delivery.nak();
      });
      expect(await counts.atLeast(5)).toEqual([1, 2, 3, 4, 5]);
    });
  });
}
