import { describe, expect, it } from 'vitest';
import type { Recorded } from '../port.ts';
import type { Harness } from './harness.ts';
import { append, appendAll, collect, createGate, createLog, dataOf, range } from './helpers.ts';

export function describeTail(harness: Harness): void {
  describe('tail', () => {
    it('yields what is there and then what comes', async () => {
      await appendAll(harness.channel, 'cart.cart.a', [0, 1]);
      const seen = createLog<unknown>();
      const tailing = follow(harness.channel.tail('cart.>', 1), seen.add);
      await seen.atLeast(2);
      await appendAll(harness.channel, 'cart.cart.b', [2, 3]);
      expect(await seen.atLeast(4)).toEqual([0, 1, 2, 3]);
      await harness.channel.close();
      await tailing;
    });

    it('begins at its position, inclusive, so that a reader resumes one behind the last it saw', async () => {
      await appendAll(harness.channel, 'cart.cart.a', range(5));
      const first = await collect(harness.channel.tail('cart.>', 1), 3);
      const last = first.at(-1)?.position ?? 0;
      expect(dataOf(await collect(harness.channel.tail('cart.>', last), 1))).toEqual([2]);
      expect(dataOf(await collect(harness.channel.tail('cart.>', last + 1), 2))).toEqual([3, 4]);
    });

    it('waits when it begins behind the end', async () => {
      const { position } = await append(harness.channel, 'cart.cart.a', 'old');
      const tailing = collect(harness.channel.tail('cart.>', position + 1), 1);
      await append(harness.channel, 'cart.cart.a', 'new');
      expect(dataOf(await tailing)).toEqual(['new']);
    });

    it('begins on a stream that has no events yet', async () => {
      const tailing = collect(harness.channel.tail('cart.>', 1), 1);
      await append(harness.channel, 'cart.cart.a', 'first');
      expect(dataOf(await tailing)).toEqual(['first']);
    });

    it.each(['cart.cart.a', 'cart.*.a', 'cart.cart.a.>'])('yields only what lies in "%s"', async (filter) => {
      const tailing = collect(harness.channel.tail(filter, 1), 2);
      const subject = filter.replace('*', 'cart').replace('>', 'b');
      await append(harness.channel, subject, 1);
      await append(harness.channel, 'cart.cart.z', 2);
      await append(harness.channel, 'chat.room.a', 3);
      await append(harness.channel, subject, 4);
      expect(dataOf(await tailing)).toEqual([1, 4]);
    });

    it('ends when its signal aborts while it waits', async () => {
      const stop = new AbortController();
      const seen = createLog<unknown>();
      await append(harness.channel, 'cart.cart.a', 1);
      const tailing = follow(harness.channel.tail('cart.>', 1, stop.signal), seen.add);
      await seen.atLeast(1);
      stop.abort();
      await tailing;
      expect(seen.items).toEqual([1]);
    });

    it('ends in the midst of events when its signal aborts', async () => {
      const stop = new AbortController();
      await appendAll(harness.channel, 'cart.cart.a', range(50));
      const seen: unknown[] = [];
      await follow(harness.channel.tail('cart.>', 1, stop.signal), (data) => {
        if (seen.push(data) === 3) stop.abort();
      });
      expect(seen).toEqual([0, 1, 2]);
    });

    it('yields nothing when its signal is aborted already', async () => {
      await append(harness.channel, 'cart.cart.a', 1);
      expect(await collect(harness.channel.tail('cart.>', 1, AbortSignal.abort()))).toEqual([]);
    });

    it('gives every tail all events', async () => {
      const tails = range(5).map(() => collect(harness.channel.tail('cart.>', 1), 20));
      for (const data of range(20)) await append(harness.channel, 'cart.cart.a', data);
      for (const tail of tails) expect(dataOf(await tail)).toEqual(range(20));
    });

    it('loses nothing for a slow reader and does not hold up a fast one', async () => {
      const gate = createGate();
      const slow: unknown[] = [];
      const slowDone = (async () => {
        for await (const { event } of harness.channel.tail('cart.>', 1)) {
          if (slow.push(event.data) === 1) await gate.opened;
          if (slow.length === 600) return;
        }
      })();
      const fast = collect(harness.channel.tail('cart.>', 1), 600);
      for (const from of range(6))
        await appendAll(
          harness.channel,
          'cart.cart.a',
          range(100).map((n) => from * 100 + n),
        );
      expect(dataOf(await fast)).toEqual(range(600));
      expect(slow.length).toBeLessThan(2);
      gate.open();
      await slowDone;
      expect(slow).toEqual(range(600));
    });

    it('misses nothing that is appended while it catches up', async () => {
      await appendAll(harness.channel, 'cart.cart.a', range(500));
      const tailing = collect(harness.channel.tail('cart.>', 1), 700);
      for (const data of range(200)) await append(harness.channel, 'cart.cart.a', 500 + data);
      expect(dataOf(await tailing)).toEqual(range(700));
    });

    it('refuses a filter that names no stream', () => {
      expect(() => harness.channel.tail('*.a', 1)).toThrow(expect.objectContaining({ code: 'invalid-subject' }));
    });
  });
}

async function follow(tail: AsyncIterable<Recorded>, hear: (data: unknown) => void): Promise<void> {
  for await (const { event } of tail) hear(event.data);
}
