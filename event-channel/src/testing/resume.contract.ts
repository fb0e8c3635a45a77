import { describe, expect, it } from 'vitest';
import type { Delivery, EventChannel } from '../port.ts';
import { listed } from './dead-letters.contract.ts';
import type { Harness } from './harness.ts';
import { anEvent, append, appendAll, collect, createLog, dataOf, range, type Log } from './helpers.ts';

export function describeResume(harness: Harness): void {
  describe('a log that is opened again', () => {
    const options = { stream: 'cart', durable: 'test', backoffMs: [1], maxDeliver: 2 } as const;

    it('has every event in its place', async () => {
      await appendAll(harness.channel, 'cart.cart.a', range(20));
      const before = await collect(harness.channel.read('cart.>'));
      const channel = await harness.reopen();
      expect(await collect(channel.read('cart.>'))).toEqual(before);
      expect(await channel.lastPosition('cart')).toBe(before.at(-1)?.position);
    });

    it('goes on behind the last position', async () => {
      const before = await append(harness.channel, 'cart.cart.a', 1);
      const after = await append(await harness.reopen(), 'cart.cart.a', 2);
      expect(after.position).toBeGreaterThan(before.position);
    });

    it('knows the revision of each subject', async () => {
      const { revision } = await append(harness.channel, 'cart.cart.a', 1);
      const channel = await harness.reopen();
      await expect(channel.append('cart.cart.a', [anEvent()], { expect: 'no-stream' })).rejects.toMatchObject({
        code: 'wrong-revision',
      });
      await channel.append('cart.cart.a', [anEvent()], { expect: { revision } });
    });

    it('knows the message ids of the duplicate window', async () => {
      const event = anEvent(1);
      const first = await harness.channel.append('cart.cart.a', [event], { expect: 'no-stream' });
      const channel = await harness.reopen();
      const again = await channel.append('cart.cart.a', [event], { expect: 'no-stream' });
      expect(again).toEqual({ ...first, duplicate: true });
    });

    it('lets a tail resume behind the last event it saw', async () => {
      await appendAll(harness.channel, 'cart.cart.a', range(4));
      const [, last] = await collect(harness.channel.tail('cart.>', 1), 2);
      const channel = await harness.reopen();
      const tailing = collect(channel.tail('cart.>', (last?.position ?? 0) + 1), 3);
      await append(channel, 'cart.cart.a', 4);
      expect(dataOf(await tailing)).toEqual([2, 3, 4]);
    });

    it('lets a consumer go on behind what it acked', async () => {
      await appendAll(harness.channel, 'cart.cart.a', range(3));
      await consumeAll(harness.channel, 3);
      const channel = await harness.reopen();
      await append(channel, 'cart.cart.a', 3);
      expect(await consumeAll(channel, 1)).toEqual([3]);
    });

    it('delivers what came while a consumer that began with "new" was away', async () => {
      await append(harness.channel, 'cart.cart.a', 'old');
      harness.channel.consume({ ...options, deliver: 'new' }, async () => {});
      let channel = await harness.reopen();
      await append(channel, 'cart.cart.a', 'meanwhile');
      channel = await harness.reopen();
      const seen = createLog<unknown>();
      channel.consume({ ...options, deliver: 'new' }, ackInto(seen));
      expect(await seen.atLeast(1)).toEqual(['meanwhile']);
    });

    it('delivers again an event that was not acked though later ones were', async () => {
      const seen = createLog<unknown>();
      await Promise.all(range(3).map((n) => append(harness.channel, `cart.cart.c${n}`, n)));
      harness.channel.consume(options, async (delivery) => {
        seen.add(delivery.event.data);
        if (delivery.event.data !== 0) await delivery.ack();
      });
      await seen.atLeast(3);
      const channel = await harness.reopen();
      expect(await consumeAll(channel, 1)).toContain(0);
    });

    it('keeps dead letters, and their subjects parked', async () => {
      const { position } = await park(harness);
      const channel = await harness.reopen();
      const seen = createLog<unknown>();
      const consumer = channel.consume(options, ackInto(seen));
      await append(channel, 'cart.cart.a', 'behind too');
      await append(channel, 'cart.cart.b', 'other too');
      await seen.atLeast(1);
      expect(seen.items).not.toContain('behind');
      expect(seen.items).not.toContain('behind too');
      expect(await consumer.deadLetters()).toMatchObject([{ position, reason: 'no use', event: { data: 'dead' } }]);
    });

    it.each(['replay', 'dismiss'] as const)('skips nothing of a parked subject after %s', async (verb) => {
      const { position } = await park(harness);
      const channel = await harness.reopen();
      const seen = createLog<unknown>();
      const consumer = channel.consume(options, ackInto(seen, 'cart.cart.a'));
      await append(channel, 'cart.cart.a', 'behind too');
      await consumer[verb](position);
      const expected = verb === 'replay' ? ['dead', 'behind', 'behind too'] : ['behind', 'behind too'];
      expect(await seen.atLeast(expected.length)).toEqual(expected);
    });

    it('does not bring back a dismissed dead letter, and skips nothing behind it', async () => {
      const { position } = await park(harness);
      let channel = await harness.reopen();
      await channel.consume(options, async () => {}).dismiss(position);
      channel = await harness.reopen();
      const seen = createLog<unknown>();
      const consumer = channel.consume(options, ackInto(seen, 'cart.cart.a'));
      await append(channel, 'cart.cart.a', 'behind too');
      expect(await seen.atLeast(2)).toEqual(['behind', 'behind too']);
      expect(await consumer.deadLetters()).toEqual([]);
    });

    it('does not bring back a dismissed dead letter when an earlier event was never acked', async () => {
      await append(harness.channel, 'cart.cart.z', 'held');
      const [dead] = await appendAll(harness.channel, 'cart.cart.a', ['dead', 'next']);
      const position = dead?.position ?? 0;
      const nexts = createLog<unknown>();
      const consumer = harness.channel.consume(options, async (delivery) => {
        if (delivery.event.data === 'dead') delivery.term('no use');
        else if (delivery.event.data === 'next') await delivery.ack().then(() => nexts.add('next'));
      });
      await listed(consumer, 1);
      await consumer.dismiss(position);
      await nexts.atLeast(1);
      const channel = await harness.reopen();
      const seen = createLog<unknown>();
      channel.consume(options, ackInto(seen));
      await append(channel, 'cart.cart.a', 'later');
      await seen.atLeast(2);
      expect(seen.items.toSorted()).toEqual(['held', 'later']);
    });

    it('keeps a dead letter whose replay was under way', async () => {
      const { position } = await park(harness);
      let channel = await harness.reopen();
      const replayed = createLog<Delivery>();
      const consumer = channel.consume(options, async (delivery) => replayed.add(delivery));
      await consumer.replay(position);
      await replayed.atLeast(1);
      channel = await harness.reopen();
      expect(
        await listed(
          channel.consume(options, (one) => one.ack()),
          1,
        ),
      ).toMatchObject([{ position }]);
    });

    it('keeps a dead letter without order when an earlier event was never acked', async () => {
      const loose = { ...options, order: 'none' } as const;
      const [, dead] = await appendAll(harness.channel, 'cart.cart.a', ['held', 'dead']);
      const before = harness.channel.consume(loose, async (delivery) => {
        if (delivery.event.data === 'dead') delivery.term('no use');
      });
      await listed(before, 1);
      const channel = await harness.reopen();
      const seen = createLog<unknown>();
      const consumer = channel.consume(loose, ackInto(seen));
      await append(channel, 'cart.cart.a', 'later');
      await seen.atLeast(2);
      expect(seen.items.toSorted()).toEqual(['held', 'later']);
      expect(await consumer.deadLetters()).toMatchObject([{ position: dead?.position }]);
    });

    it('stays stopped at the dead letter of a consumer in stream order', async () => {
      const strict = { ...options, order: 'stream' } as const;
      const { position } = await append(harness.channel, 'cart.cart.a', 'dead');
      await append(harness.channel, 'cart.cart.b', 'behind');
      await listed(
        harness.channel.consume(strict, async (delivery) => delivery.term('no use')),
        1,
      );
      const channel = await harness.reopen();
      const seen = createLog<unknown>();
      const consumer = channel.consume(strict, ackInto(seen));
      expect(await consumer.deadLetters()).toMatchObject([{ position }]);
      expect(consumer.ackedPosition).toBeLessThan(position);
      await consumer.replay(position);
      expect(await seen.atLeast(2)).toEqual(['dead', 'behind']);
    });

    /** Leaves a dead letter on one subject, with an event behind it. */
    async function park({ channel }: Harness): Promise<{ position: number }> {
      const [dead] = await appendAll(channel, 'cart.cart.a', ['dead', 'behind']);
      await append(channel, 'cart.cart.b', 'other');
      const consumer = channel.consume(options, async (delivery) => {
        if (delivery.event.data === 'dead') delivery.term('no use');
        else await delivery.ack();
      });
      await listed(consumer, 1);
      return { position: dead?.position ?? 0 };
    }

    async function consumeAll(channel: EventChannel, length: number): Promise<readonly unknown[]> {
      const seen = createLog<unknown>();
      channel.consume(options, ackInto(seen));
      return seen.atLeast(length);
    }
  });
}

/** A handler that acks and notes the data, of one subject or of all. */
function ackInto(log: Log<unknown>, subject?: string): (delivery: Delivery) => Promise<void> {
  return async (delivery) => {
    await delivery.ack();
    if (!subject || delivery.subject === subject) log.add(delivery.event.data);
  };
}
