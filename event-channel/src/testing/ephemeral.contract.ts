import { describe, expect, it } from 'vitest';
import type { Json } from '../port.ts';
import type { Harness } from './harness.ts';
import { createGate, createLog, range } from './helpers.ts';

export function describeEphemeral(harness: Harness): void {
  describe('publish and subscribe', () => {
    it('brings a message with its headers and subject to whoever listens', async () => {
      const heard = createLog<unknown>();
      harness.channel.subscribe('cart.seen.*', (message, subject) => heard.add({ message, subject }));
      const message = { data: { n: 1, tags: ['a', null] }, headers: { traceparent: 't' } };
      harness.channel.publish('cart.seen.a', message);
      expect(await heard.atLeast(1)).toEqual([{ message, subject: 'cart.seen.a' }]);
    });

    it('brings messages in order to each of several subscribers', async () => {
      const logs = range(3).map(() => createLog<Json>());
      for (const log of logs) harness.channel.subscribe('cart.>', ({ data }) => log.add(data));
      for (const data of range(20)) harness.channel.publish(`cart.c${data % 3}`, { data });
      for (const log of logs) expect(await log.atLeast(20)).toEqual(range(20));
    });

    it('brings nothing of other subjects and nothing from before', async () => {
      const heard = createLog<Json>();
      harness.channel.publish('cart.a', { data: 'before' });
      harness.channel.subscribe('cart.*', ({ data }) => heard.add(data));
      harness.channel.publish('chat.a', { data: 'other' });
      harness.channel.publish('cart.a.b', { data: 'deeper' });
      harness.channel.publish('cart.a', { data: 'mine' });
      expect(await heard.atLeast(1)).toEqual(['mine']);
    });

    it('does not return before it has left, and does not wait for anybody', () => {
      expect(harness.channel.publish('cart.nobody', { data: 1 })).toBeUndefined();
    });

    it('is silent after a subscription is closed', async () => {
      const [closed, open] = [createLog<Json>(), createLog<Json>()];
      const subscription = harness.channel.subscribe('cart.a', ({ data }) => closed.add(data));
      harness.channel.subscribe('cart.a', ({ data }) => open.add(data));
      await subscription.close();
      harness.channel.publish('cart.a', { data: 1 });
      await open.atLeast(1);
      expect(closed.items).toEqual([]);
    });

    it('goes on when a subscriber throws', async () => {
      const heard = createLog<Json>();
      harness.channel.subscribe('cart.a', () => {
        throw new Error('broken subscriber');
      });
      harness.channel.subscribe('cart.a', ({ data }) => heard.add(data));
      for (const data of range(2)) harness.channel.publish('cart.a', { data });
      expect(await heard.atLeast(2)).toEqual([0, 1]);
    });

    it('keeps nothing: the log does not know about it', async () => {
      const heard = createLog<Json>();
      harness.channel.subscribe('cart.a', ({ data }) => heard.add(data));
      harness.channel.publish('cart.a', { data: 1 });
      await heard.atLeast(1);
      expect(await harness.channel.lastPosition('cart')).toBe(0);
    });

    it.each(['', 'a b', 'a.*', 'a..b'])('refuses to publish on "%s"', (subject) => {
      expect(() => harness.channel.publish(subject, { data: 1 })).toThrow(
        expect.objectContaining({ code: 'invalid-subject' }),
      );
    });
  });

  describe('request and respond', () => {
    const options = { timeoutMs: 10_000 };

    it('brings the answer of the responder', async () => {
      harness.channel.respond('cart.where', 'g', async ({ data, headers }) => ({ data: { asked: data }, headers }));
      const answer = await harness.channel.request('cart.where', { data: 1, headers: { a: 'b' } }, options);
      expect(answer).toEqual({ data: { asked: 1 }, headers: { a: 'b' } });
    });

    it('says at once that nobody responds', async () => {
      const asking = harness.channel.request('cart.where', { data: 1 }, { timeoutMs: 2 ** 30 });
      await expect(asking).rejects.toMatchObject({ code: 'no-responders' });
    });

    it('says that nobody responds when the last responder has closed', async () => {
      const responder = harness.channel.respond('cart.where', 'g', async (message) => message);
      await responder.close();
      const asking = harness.channel.request('cart.where', { data: 1 }, options);
      await expect(asking).rejects.toMatchObject({ code: 'no-responders' });
    });

    it('gives up after the timeout', async () => {
      const gate = createGate();
      harness.channel.respond('cart.where', 'g', async (message) => gate.opened.then(() => message));
      const asking = harness.channel.request('cart.where', { data: 1 }, { timeoutMs: 20 });
      await expect(asking).rejects.toMatchObject({ code: 'request-timeout' });
      gate.open();
    });

    it('hands on what the responder threw', async () => {
      harness.channel.respond('cart.where', 'g', async () => {
        throw new Error('no such order');
      });
      const asking = harness.channel.request('cart.where', { data: 1 }, options);
      await expect(asking).rejects.toMatchObject({
        code: 'responder-failed',
        message: expect.stringContaining('no such order'),
      });
    });

    it('asks one responder of a group per request, and all of them in the course of many', async () => {
      const asked = createLog<number>();
      for (const responder of range(3)) {
        harness.channel.respond('cart.where', 'g', async (message) => {
          asked.add(responder);
          return message;
        });
      }
      for (const data of range(60)) await harness.channel.request('cart.where', { data }, options);
      expect(asked.items).toHaveLength(60);
      expect(new Set(asked.items)).toEqual(new Set([0, 1, 2]));
    });

    it('answers many requests at one time, each its own', async () => {
      harness.channel.respond('cart.where', 'g', async ({ data }) => ({ data: Number(data) * 2 }));
      const answers = await Promise.all(
        range(100).map((data) => harness.channel.request('cart.where', { data }, options)),
      );
      expect(answers.map(({ data }) => data)).toEqual(range(100).map((n) => n * 2));
    });

    it('answers a request that a responder makes while it answers', async () => {
      harness.channel.respond('cart.inner', 'g', async () => ({ data: 'inner' }));
      harness.channel.respond('cart.outer', 'g', (message) => harness.channel.request('cart.inner', message, options));
      expect(await harness.channel.request('cart.outer', { data: 1 }, options)).toMatchObject({ data: 'inner' });
    });
  });
}
