import { describe, expect, it } from 'vitest';
import type { Recorded } from '../port.ts';
import type { Harness } from './harness.ts';
import { anEvent, append, appendAll, collect, createLog, dataOf, range } from './helpers.ts';

export function describeRead(harness: Harness): void {
  describe('read', () => {
    it('yields nothing for an empty stream', async () => {
      expect(await collect(harness.channel.read('cart.>'))).toEqual([]);
    });

    it('yields the events of all subjects in the order they were appended', async () => {
      for (const data of range(6)) await append(harness.channel, `cart.cart.c${data % 3}`, data);
      const recorded = await collect(harness.channel.read('cart.>'));
      expect(dataOf(recorded)).toEqual(range(6));
      expect(recorded.map(({ subject }) => subject).slice(0, 3)).toEqual([
        'cart.cart.c0',
        'cart.cart.c1',
        'cart.cart.c2',
      ]);
    });

    it('begins at "from" and ends at "to", both inclusive', async () => {
      const appended = await appendAll(harness.channel, 'cart.cart.a', range(5));
      const [, from, , to] = appended.map(({ position }) => position);
      expect(dataOf(await collect(harness.channel.read('cart.>', { from, to })))).toEqual([1, 2, 3]);
      expect(dataOf(await collect(harness.channel.read('cart.cart.a', { from, to })))).toEqual([1, 2, 3]);
    });

    it('begins and ends in the midst of a commit, as a tail and a consumer begin there', async () => {
      const { channel } = harness;
      await channel.append('cart.cart.a', range(4).map(anEvent), { expect: 'any' });
      const [, second, third] = await collect(channel.read('cart.>'));
      const [from, to] = [second?.position ?? 0, third?.position ?? 0];
      expect(dataOf(await collect(channel.read('cart.>', { from, to })))).toEqual([1, 2]);
      expect(dataOf(await collect(channel.tail('cart.>', from), 3))).toEqual([1, 2, 3]);
      const seen = createLog<unknown>();
      channel.consume({ stream: 'cart', durable: 'test', deliver: { from } }, async (delivery) => {
        await delivery.ack();
        seen.add(delivery.event.data);
      });
      expect(await seen.atLeast(3)).toEqual([1, 2, 3]);
    });

    it('yields nothing when "from" is behind the end', async () => {
      const { position } = await append(harness.channel, 'cart.cart.a', 1);
      expect(await collect(harness.channel.read('cart.>', { from: position + 1 }))).toEqual([]);
    });

    it.each([
      ['cart.cart.a', ['a']],
      ['cart.cart.*', ['a', 'b']],
      ['cart.*.a', ['a', 'order a']],
      ['cart.order.>', ['order a', 'order a paid']],
      ['cart.*.a.>', ['order a paid']],
      ['cart.>', ['a', 'b', 'order a', 'order a paid']],
      ['cart.none', []],
      ['chat.>', ['chat']],
    ])('finds with "%s" what lies in it', async (filter, found) => {
      await append(harness.channel, 'cart.cart.a', 'a');
      await append(harness.channel, 'chat.cart.a', 'chat');
      await append(harness.channel, 'cart.cart.b', 'b');
      await append(harness.channel, 'cart.order.a', 'order a');
      await append(harness.channel, 'cart.order.a.paid', 'order a paid');
      expect(dataOf(await collect(harness.channel.read(filter)))).toEqual(found);
    });

    it('tells streams apart by case', async () => {
      await append(harness.channel, 'cart.cart.a', 'small');
      await append(harness.channel, 'Cart.cart.a', 'great');
      expect(dataOf(await collect(harness.channel.read('cart.>')))).toEqual(['small']);
      expect(dataOf(await collect(harness.channel.read('cart.cart.a')))).toEqual(['small']);
    });

    it('yields every event of a log longer than its pages, for a whole stream and for one subject', async () => {
      await Promise.all(range(1_200).map((data) => append(harness.channel, `cart.cart.c${data % 2}`, data)));
      const all = await collect(harness.channel.read('cart.>'));
      // Appends that nobody waited for have no order among themselves: one may have to be sent again.
      expect(numbersOf(all)).toEqual(range(1_200));
      expect(all.every(({ position }, n) => n === 0 || position > all[n - 1]!.position)).toBe(true);
      expect(numbersOf(await collect(harness.channel.read('cart.cart.c1')))).toEqual(range(600).map((n) => n * 2 + 1));
      expect(dataOf(await collect(harness.channel.read('cart.*.c1')))).toHaveLength(600);
    });

    it('ends where the log ended when it was called', async () => {
      await appendAll(harness.channel, 'cart.cart.a', range(3));
      const reading = harness.channel.read('cart.>');
      await append(harness.channel, 'cart.cart.a', 'later');
      expect(dataOf(await collect(reading))).toEqual([0, 1, 2]);
    });

    it('gives each reader its own copy of an event', async () => {
      await append(harness.channel, 'cart.cart.a', { items: [] });
      const [first] = dataOf(await collect(harness.channel.read('cart.>'))) as { items: number[] }[];
      first?.items.push(1);
      expect(dataOf(await collect(harness.channel.read('cart.>')))).toEqual([{ items: [] }]);
    });

    it('may be left early', async () => {
      await appendAll(harness.channel, 'cart.cart.a', range(10));
      expect(dataOf(await collect(harness.channel.read('cart.>'), 2))).toEqual([0, 1]);
    });

    it.each(['', '>', '*.cart', 'cart', 'cart.>.a', 'cart.a*', 'cart..>'])(
      'refuses the filter "%s"',
      async (filter) => {
        const reading = async () => collect(harness.channel.read(filter));
        await expect(reading()).rejects.toMatchObject({ code: 'invalid-subject' });
      },
    );
  });
}

/** What events of numbers hold, sorted. */
function numbersOf(recorded: readonly Recorded[]): number[] {
  return dataOf(recorded)
    .map(Number)
    .toSorted((a, b) => a - b);
}
