import { describe, expect, it } from 'vitest';
import type { Consumer } from '../port.ts';
import type { Harness } from './harness.ts';
import { append, appendAll, createLog, type Log } from './helpers.ts';

export function describeDeadLetters(harness: Harness): void {
  describe('dead letters', () => {
    it('keep the event, the reason and the count when the deliveries are used up', async () => {
      const { consumer, seen } = consume();
      const event = {
        position: (await append(harness.channel, 'cart.cart.a', 'dead')).position,
        subject: 'cart.cart.a',
      };
      await append(harness.channel, 'cart.cart.b', 'fine');
      await seen.atLeast(4);
      await listed(consumer, 1);
      expect(await consumer.deadLetters()).toEqual([
        {
          ...event,
          stream: 'cart',
          durable: 'test',
          event: expect.objectContaining({ data: 'dead' }),
          reason: expect.stringContaining('poison'),
          deliveryCount: 3,
          parkedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        },
      ]);
    });

    it('come at once with the reason of the handler that gives up', async () => {
      const done = createLog<number>();
      const consumer = harness.channel.consume({ stream: 'cart', durable: 'test' }, async (delivery) => {
        delivery.term('unknown type');
        done.add(delivery.deliveryCount);
      });
      await append(harness.channel, 'cart.cart.a', 1);
      expect(await done.atLeast(1)).toEqual([1]);
      expect(await consumer.deadLetters()).toMatchObject([{ reason: 'unknown type', deliveryCount: 1 }]);
    });

    it('come from deliveries that have no answer', async () => {
      const done = createLog<number>();
      const settings = { stream: 'cart', durable: 'test', ackWaitMs: 10, maxDeliver: 2 };
      const consumer = harness.channel.consume(settings, async ({ deliveryCount }) => done.add(deliveryCount));
      await append(harness.channel, 'cart.cart.a', 1);
      await done.atLeast(2);
      await listed(consumer, 1);
      expect(done.items).toEqual([1, 2]);
    });

    it('are listed in the order of their positions', async () => {
      const { consumer } = consume();
      for (const subject of ['c', 'a', 'b']) await append(harness.channel, `cart.cart.${subject}`, 'dead');
      const letters = await listed(consumer, 3);
      expect(letters.map(({ subject }) => subject)).toEqual(['cart.cart.c', 'cart.cart.a', 'cart.cart.b']);
    });

    it('do not hold up the acked position under order per subject', async () => {
      const { consumer, seen } = consume();
      await appendAll(harness.channel, 'cart.cart.a', ['dead', 'behind']);
      const [letter] = await listed(consumer, 1);
      await append(harness.channel, 'cart.cart.b', 'fine');
      await seen.atLeast(4);
      expect(consumer.ackedPosition).toBeGreaterThan(letter?.position ?? Infinity);
    });

    it('are delivered again from a count of one, and their subject goes on in order', async () => {
      const { consumer, seen, heal } = consume();
      await appendAll(harness.channel, 'cart.cart.a', ['dead', 'second', 'third']);
      const [letter] = await listed(consumer, 1);
      await append(harness.channel, 'cart.cart.a', 'fourth');
      heal();
      await consumer.replay(letter?.position ?? 0);
      expect((await seen.atLeast(7)).slice(3)).toEqual(['dead/1', 'second/1', 'third/1', 'fourth/1']);
      expect(await consumer.deadLetters()).toEqual([]);
    });

    it('let their subject go on across many events of others, of which a look at the log may find nothing else', async () => {
      const { consumer, seen, heal } = consume();
      await append(harness.channel, 'cart.cart.a', 'dead');
      const [letter] = await listed(consumer, 1);
      for (const last of ['second', 'third']) {
        await appendAll(
          harness.channel,
          'cart.cart.b',
          Array.from({ length: 150 }, () => 'fine'),
        );
        await append(harness.channel, 'cart.cart.a', last);
      }
      await seen.atLeast(303);
      heal();
      await consumer.replay(letter?.position ?? 0);
      expect((await seen.atLeast(306)).slice(303)).toEqual(['dead/1', 'second/1', 'third/1']);
    });

    it('come back when the replay fails as well, and their subject stays parked', async () => {
      const { consumer, seen } = consume();
      await appendAll(harness.channel, 'cart.cart.a', ['dead', 'behind']);
      const [letter] = await listed(consumer, 1);
      await consumer.replay(letter?.position ?? 0);
      await seen.atLeast(6);
      expect(await listed(consumer, 1)).toMatchObject([{ position: letter?.position, deliveryCount: 3 }]);
      await append(harness.channel, 'cart.cart.b', 'fine');
      await seen.atLeast(7);
      expect(seen.items).not.toContain('behind/1');
    });

    it('are dropped when dismissed, and their subject goes on with the next event', async () => {
      const { consumer, seen } = consume();
      await appendAll(harness.channel, 'cart.cart.a', ['dead', 'second', 'third']);
      const [letter] = await listed(consumer, 1);
      await consumer.dismiss(letter?.position ?? 0);
      await append(harness.channel, 'cart.cart.a', 'fourth');
      expect((await seen.atLeast(6)).slice(3)).toEqual(['second/1', 'third/1', 'fourth/1']);
      expect(await consumer.deadLetters()).toEqual([]);
    });

    it('can come one after the other on the same subject', async () => {
      const { consumer, seen } = consume();
      await appendAll(harness.channel, 'cart.cart.a', ['dead', 'dead', 'fine']);
      const [first] = await listed(consumer, 1);
      await consumer.dismiss(first?.position ?? 0);
      await seen.atLeast(6);
      const [second] = await listed(consumer, 1);
      expect(second?.position).toBeGreaterThan(first?.position ?? 0);
      await consumer.dismiss(second?.position ?? 0);
      expect((await seen.atLeast(7)).at(-1)).toBe('fine/1');
    });

    it('of one durable do not concern another', async () => {
      const { consumer } = consume();
      const acked = createLog<unknown>();
      const other = harness.channel.consume({ stream: 'cart', durable: 'other' }, async (delivery) => {
        await delivery.ack();
        acked.add(delivery.event.data);
      });
      await appendAll(harness.channel, 'cart.cart.a', ['dead', 'behind']);
      await listed(consumer, 1);
      expect(await acked.atLeast(2)).toEqual(['dead', 'behind']);
      expect(await other.deadLetters()).toEqual([]);
    });

    it('are not settled until they are replayed or dismissed, while all others are once that is written', async () => {
      const { consumer, seen, heal } = consume();
      const before = (await append(harness.channel, 'cart.cart.a', 'fine')).position;
      const dead = (await append(harness.channel, 'cart.cart.a', 'dead')).position;
      const behind = (await append(harness.channel, 'cart.cart.a', 'behind')).position;
      const other = (await append(harness.channel, 'cart.cart.b', 'fine')).position;
      await listed(consumer, 1);
      await seen.atLeast(5);
      await settled(consumer, 'cart.cart.b', other);
      await settled(consumer, 'cart.cart.a', before);
      expect(consumer.isSettled('cart.cart.a', dead)).toBe(false);
      expect(consumer.isSettled('cart.cart.a', behind)).toBe(false);
      heal();
      await consumer.replay(dead);
      await seen.atLeast(7);
      await settled(consumer, 'cart.cart.a', dead);
      await settled(consumer, 'cart.cart.a', behind);
    });

    it.each(['replay', 'dismiss'] as const)('cannot be found where there is none: %s says so', async (verb) => {
      const { consumer } = consume();
      const { position } = await append(harness.channel, 'cart.cart.a', 'dead');
      await expect(consumer[verb](position + 1)).rejects.toMatchObject({ code: 'no-such-dead-letter' });
      await listed(consumer, 1);
      await consumer.dismiss(position);
      await expect(consumer[verb](position)).rejects.toMatchObject({ code: 'no-such-dead-letter' });
    });
  });

  /** A consumer that fails on the data "dead" until it is healed. */
  function consume(): { consumer: Consumer; seen: Log<string>; heal(): void } {
    const seen = createLog<string>();
    let healed = false;
    const settings = { stream: 'cart', durable: 'test', maxDeliver: 3, backoffMs: [1] };
    const consumer = harness.channel.consume(settings, async (delivery) => {
      if (delivery.event.data === 'dead' && !healed) {
        seen.add(`dead/${delivery.deliveryCount}`);
        throw new Error('poison');
      }
      await delivery.ack();
      seen.add(`${delivery.event.data}/${delivery.deliveryCount}`);
    });
    return { consumer, seen, heal: () => void (healed = true) };
  }
}

/** The dead letters, once there are so many. */
export async function listed(consumer: Consumer, length: number) {
  for (;;) {
    const letters = await consumer.deadLetters();
    if (letters.length >= length) return letters;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Resolves when the event can never be delivered again. */
async function settled(consumer: Consumer, subject: string, position: number): Promise<void> {
  while (!consumer.isSettled(subject, position)) await new Promise((resolve) => setImmediate(resolve));
}
