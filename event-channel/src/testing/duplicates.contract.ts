import { describe, expect, it } from 'vitest';
import type { Harness } from './harness.ts';
import { anEvent, append, collect, dataOf } from './helpers.ts';

export function describeDuplicates(harness: Harness): void {
  describe('the duplicate window', () => {
    it('answers a repeated message id with the first result and writes nothing', async () => {
      const options = { expect: 'any', messageId: '/test/m1' } as const;
      const first = await harness.channel.append('cart.cart.a', [anEvent(1)], options);
      await append(harness.channel, 'cart.cart.a', 2);
      const second = await harness.channel.append('cart.cart.a', [anEvent(3)], options);
      expect(second).toEqual({ ...first, duplicate: true });
      expect(dataOf(await collect(harness.channel.read('cart.>')))).toEqual([1, 2]);
    });

    it('lets an append with an unknown outcome be sent again with the same expectation', async () => {
      const event = anEvent(1);
      const first = await harness.channel.append('cart.cart.a', [event], { expect: 'no-stream', messageId: 'm' });
      const again = await harness.channel.append('cart.cart.a', [event], { expect: 'no-stream', messageId: 'm' });
      expect(again).toEqual({ ...first, duplicate: true });
    });

    it('holds for appends sent at the same time', async () => {
      const options = { expect: 'any', messageId: 'm' } as const;
      const both = await Promise.all([
        harness.channel.append('cart.cart.a', [anEvent(1)], options),
        harness.channel.append('cart.cart.a', [anEvent(1)], options),
      ]);
      expect(both.map(({ duplicate }) => duplicate).toSorted()).toEqual([false, true]);
      expect(await collect(harness.channel.read('cart.>'))).toHaveLength(1);
    });

    it('takes source and id of the first event when no message id is given', async () => {
      const event = anEvent(1);
      await harness.channel.append('cart.cart.a', [event], { expect: 'any' });
      const again = await harness.channel.append('cart.cart.a', [event], { expect: 'any' });
      const other = await harness.channel.append('cart.cart.a', [{ ...event, source: '/other' }], { expect: 'any' });
      expect([again.duplicate, other.duplicate]).toEqual([true, false]);
    });

    it('is one for the whole stream: the same id on another subject is a duplicate', async () => {
      const options = { expect: 'any', messageId: 'm' } as const;
      await harness.channel.append('cart.cart.a', [anEvent()], options);
      expect(await harness.channel.append('cart.cart.b', [anEvent()], options)).toMatchObject({ duplicate: true });
    });

    it('does not reach into other streams', async () => {
      const options = { expect: 'any', messageId: 'm' } as const;
      await harness.channel.append('cart.cart.a', [anEvent()], options);
      expect(await harness.channel.append('chat.room.a', [anEvent()], options)).toMatchObject({ duplicate: false });
    });

    it('does not remember a refused append', async () => {
      const { revision } = await append(harness.channel, 'cart.cart.a', 1);
      const event = anEvent(2);
      await harness.channel.append('cart.cart.a', [event], { expect: 'no-stream' }).catch(() => undefined);
      const again = await harness.channel.append('cart.cart.a', [event], { expect: { revision } });
      expect(again.duplicate).toBe(false);
    });

    it('forgets an id when the window is over', async () => {
      const options = { expect: 'any', messageId: 'm' } as const;
      await harness.channel.append('cart.cart.a', [anEvent(1)], options);
      await harness.passDuplicateWindow();
      const later = await harness.channel.append('cart.cart.a', [anEvent(2)], options);
      expect(later.duplicate).toBe(false);
      expect(dataOf(await collect(harness.channel.read('cart.>')))).toEqual([1, 2]);
    });

    it('leaves a retry after the window to the expected revision', async () => {
      const event = anEvent(1);
      await harness.channel.append('cart.cart.a', [event], { expect: 'no-stream' });
      await harness.passDuplicateWindow();
      const retry = harness.channel.append('cart.cart.a', [event], { expect: 'no-stream' });
      await expect(retry).rejects.toMatchObject({ code: 'wrong-revision' });
    });
  });
}
