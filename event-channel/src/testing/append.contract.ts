import { describe, expect, it } from 'vitest';
import { limits, type Harness } from './harness.ts';
import { anEvent, append, collect, dataOf, range } from './helpers.ts';

export function describeAppend(harness: Harness): void {
  describe('append', () => {
    it('gives the first event a position above zero', async () => {
      const appended = await append(harness.channel, 'cart.cart.a', 1);
      expect(appended).toEqual({ position: expect.any(Number), revision: expect.any(Number), duplicate: false });
      expect(appended.position).toBeGreaterThan(0);
    });

    it('gives each event a greater position than the one before', async () => {
      const positions = [];
      for (const data of range(5))
        positions.push((await append(harness.channel, `cart.cart.c${data % 2}`, data)).position);
      expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => a - b));
    });

    it('gives the events of one commit growing positions in their order and answers with the last', async () => {
      const { position } = await harness.channel.append('cart.cart.a', range(3).map(anEvent), { expect: 'any' });
      const recorded = await collect(harness.channel.read('cart.>'));
      expect(dataOf(recorded)).toEqual([0, 1, 2]);
      expect(new Set(recorded.map((one) => one.position)).size).toBe(3);
      expect(recorded.at(-1)?.position).toBe(position);
    });

    it('keeps the whole envelope as it was', async () => {
      const event = {
        ...anEvent({ name: 'čaj 🍵', price: null, tags: ['a', { b: [1.5] }] }),
        causationid: 'x',
        traceparent: 't',
      };
      const { position } = await harness.channel.append('cart.cart.a', [event], { expect: 'any' });
      const [recorded] = await collect(harness.channel.read('cart.>'));
      expect(recorded).toEqual({ stream: 'cart', subject: 'cart.cart.a', position, event });
    });

    it('is not touched by what the caller does to the event later', async () => {
      const event = anEvent({ items: [1] });
      const appending = harness.channel.append('cart.cart.a', [event], { expect: 'any' });
      (event.data as { items: number[] }).items.push(2);
      await appending;
      expect(dataOf(await collect(harness.channel.read('cart.>')))).toEqual([{ items: [1] }]);
    });

    it('takes the first commit of a subject with "no-stream"', async () => {
      await append(harness.channel, 'cart.cart.b', 1);
      const appended = await harness.channel.append('cart.cart.a', [anEvent()], { expect: 'no-stream' });
      expect(appended.duplicate).toBe(false);
    });

    it('refuses "no-stream" when the subject has events', async () => {
      await append(harness.channel, 'cart.cart.a', 1);
      const refused = harness.channel.append('cart.cart.a', [anEvent()], { expect: 'no-stream' });
      await expect(refused).rejects.toMatchObject({ code: 'wrong-revision', subject: 'cart.cart.a' });
    });

    it('takes a commit at the revision the subject is at', async () => {
      const { revision } = await append(harness.channel, 'cart.cart.a', 1);
      const next = await harness.channel.append('cart.cart.a', [anEvent()], { expect: { revision } });
      expect(next.revision).not.toBe(revision);
    });

    it('gives the position of the last event on a subject as its revision', async () => {
      const { revision } = await harness.channel.append('cart.cart.a', [anEvent(), anEvent()], { expect: 'any' });
      const last = (await collect(harness.channel.read('cart.cart.a'))).at(-1);
      expect(revision).toBe(last?.position);
    });

    it('refuses a commit at a revision the subject has left', async () => {
      const { revision } = await append(harness.channel, 'cart.cart.a', 1);
      await append(harness.channel, 'cart.cart.a', 2);
      const refused = harness.channel.append('cart.cart.a', [anEvent()], { expect: { revision } });
      await expect(refused).rejects.toMatchObject({ code: 'wrong-revision' });
    });

    it('refuses a revision on a subject without events', async () => {
      const { revision } = await append(harness.channel, 'cart.cart.b', 1);
      const refused = harness.channel.append('cart.cart.a', [anEvent()], { expect: { revision } });
      await expect(refused).rejects.toMatchObject({ code: 'wrong-revision' });
    });

    it('keeps a revision valid when other subjects of the stream move on', async () => {
      const { revision } = await append(harness.channel, 'cart.cart.a', 1);
      await append(harness.channel, 'cart.cart.b', 2);
      await append(harness.channel, 'cart.cart.a.b', 3);
      await harness.channel.append('cart.cart.a', [anEvent(4)], { expect: { revision } });
      expect(dataOf(await collect(harness.channel.read('cart.cart.a')))).toEqual([1, 4]);
    });

    it('takes a commit at the last position of its stream, on whatever subject, and the first one at 0', async () => {
      const first = await harness.channel.append('cart.cart.a', [anEvent(1)], { expect: { lastPosition: 0 } });
      await append(harness.channel, 'chat.conversation.a', 'another stream');
      expect(await harness.channel.lastPosition('cart')).toBe(first.position);
      const { position } = first;
      await harness.channel.append('cart.cart.b', [anEvent(2), anEvent(3)], { expect: { lastPosition: position } });
      expect(dataOf(await collect(harness.channel.read('cart.>')))).toEqual([1, 2, 3]);
    });

    it('refuses a commit at a position that its stream has left on any subject', async () => {
      const { position } = await append(harness.channel, 'cart.cart.a', 1);
      await append(harness.channel, 'cart.cart.b', 2);
      for (const lastPosition of [0, position]) {
        const refused = harness.channel.append('cart.cart.a', [anEvent(3)], { expect: { lastPosition } });
        await expect(refused).rejects.toMatchObject({ code: 'wrong-revision' });
      }
      expect(dataOf(await collect(harness.channel.read('cart.>')))).toEqual([1, 2]);
    });

    it('takes exactly one of several commits that expect the same position of the stream', async () => {
      const { position: lastPosition } = await append(harness.channel, 'cart.cart.a', 0);
      const outcomes = await Promise.allSettled(
        range(5).map((data) =>
          harness.channel.append(`cart.cart.c${data}`, [anEvent(data)], { expect: { lastPosition } }),
        ),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await collect(harness.channel.read('cart.>'))).toHaveLength(2);
    });

    it('leaves nothing of a refused commit in the log', async () => {
      const { position } = await append(harness.channel, 'cart.cart.a', 1);
      await harness.channel
        .append('cart.cart.a', range(3).map(anEvent), { expect: 'no-stream' })
        .catch(() => undefined);
      expect(dataOf(await collect(harness.channel.read('cart.>')))).toEqual([1]);
      expect(await harness.channel.lastPosition('cart')).toBe(position);
    });

    it('refuses a wrong commit among others sent together and takes the others', async () => {
      await append(harness.channel, 'cart.cart.b', 'old');
      const outcomes = await Promise.allSettled([
        append(harness.channel, 'cart.cart.a', 1),
        harness.channel.append('cart.cart.b', [anEvent(2)], { expect: 'no-stream' }),
        append(harness.channel, 'cart.cart.c', 3),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      const data = dataOf(await collect(harness.channel.read('cart.>')));
      expect(new Set(data)).toEqual(new Set(['old', 1, 3]));
    });

    it('has exactly one winner in each of 300 rounds of three writers', async () => {
      let revision = (await append(harness.channel, 'cart.cart.a', 'start')).revision;
      const winners: unknown[] = ['start'];
      for (const round of range(300)) {
        const outcomes = await Promise.allSettled(
          range(3).map(async (writer) => {
            const data = `${round}/${writer}`;
            const appended = await harness.channel.append('cart.cart.a', [anEvent(data)], { expect: { revision } });
            return { data, revision: appended.revision };
          }),
        );
        const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
        const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
        expect([won.length, lost]).toEqual([1, ['wrong-revision', 'wrong-revision']]);
        winners.push(won[0]?.data);
        revision = won[0]?.revision ?? 0;
      }
      expect(dataOf(await collect(harness.channel.read('cart.cart.a')))).toEqual(winners);
    });

    it('takes a commit just below the limit', async () => {
      const data = 'x'.repeat(limits.maxCommitBytes - 1_024);
      await append(harness.channel, 'cart.cart.a', data);
      expect(dataOf(await collect(harness.channel.read('cart.>')))).toEqual([data]);
    });

    it('refuses a commit above the limit, counted in bytes, and goes on', async () => {
      const data = 'ř'.repeat(limits.maxCommitBytes * 0.6);
      await expect(append(harness.channel, 'cart.cart.a', data)).rejects.toMatchObject({ code: 'too-large' });
      await append(harness.channel, 'cart.cart.a', 'small');
      expect(dataOf(await collect(harness.channel.read('cart.>')))).toEqual(['small']);
    });

    it('refuses a commit without events', async () => {
      const refused = harness.channel.append('cart.cart.a', [], { expect: 'any' });
      await expect(refused).rejects.toMatchObject({ code: 'empty-commit' });
    });

    it.each([
      '',
      'cart',
      'cart.',
      '.cart',
      'cart..a',
      'cart.a b',
      'cart.*',
      'cart.>',
      'cart.č',
      `cart.${'x'.repeat(255)}`,
    ])('refuses the subject "%s"', async (subject) => {
      await expect(append(harness.channel, subject, 1)).rejects.toMatchObject({ code: 'invalid-subject' });
    });

    it('tells the last position of each stream, 0 for an empty one', async () => {
      const cart = await append(harness.channel, 'cart.cart.a', 1);
      const chat = await append(harness.channel, 'chat.room.a', 1);
      expect(await harness.channel.lastPosition('cart')).toBe(cart.position);
      expect(await harness.channel.lastPosition('chat')).toBe(chat.position);
      expect(await harness.channel.lastPosition('catalog')).toBe(0);
    });

    it('says what it can do', () => {
      expect(harness.channel.capabilities).toMatchObject({ ...limits, replicas: expect.any(Number) });
    });
  });
}
