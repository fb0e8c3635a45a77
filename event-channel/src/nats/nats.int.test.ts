import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { natsForTests } from '../../../scripts/nats.ts';
import type { Delivery, EventChannel } from '../index.ts';
import { anEvent, append, appendAll, collect, createGate, createLog, dataOf, range } from '../testing/helpers.ts';
import { natsChannel, type NatsChannelOptions } from './index.ts';
import { startProxy, type Proxy } from './testing/proxy.ts';
import { serversForCases } from './testing/servers.ts';

const server = await natsForTests();

describe.skipIf(!server)('a nats-server that asks who comes', () => {
  const running = serversForCases({ server, auth: { user: 'souk', password: 's%e:c/ret' } });
  const address = () => running.nats.servers[0]!.replace('nats://', '');

  it('takes user and password from the address', async () => {
    const channel = await natsChannel({ servers: `nats://souk:${encodeURIComponent('s%e:c/ret')}@${address()}` });
    await append(channel, 'cart.cart.a', 1);
    await channel.close();
  });

  it('names no password when it refuses', async () => {
    const refused = natsChannel({ servers: `nats://souk:wrong-secret@${address()}` });
    await expect(refused).rejects.toMatchObject({ code: 'log-unavailable' });
    await expect(refused).rejects.not.toThrow('wrong-secret');
    await expect(refused).rejects.toThrow(address());
  });
});

describe.skipIf(!server)('the nats channel', () => {
  const running = serversForCases({ server });
  const opened: { close(): Promise<void> }[] = [];
  let nc: NatsConnection;
  let jsm: JetStreamManager;
  let count = 0;

  beforeAll(async () => {
    nc = await connect({ servers: [...running.nats.servers] });
    jsm = await jetstreamManager(nc);
  });
  afterEach(async () => {
    for (const one of opened.splice(0).toReversed()) await one.close();
  });
  afterAll(() => nc.close());

  describe('keeps what it promises on the server', () => {
    it('makes one stream for each of its own, which nobody can delete events from', async () => {
      const channel = await open({ namespace: '', duplicateWindowMs: 3_000, maxCommitBytes: 50_000 });
      await append(channel, 'basket.a', 1);
      const { config } = await jsm.streams.info('basket');
      expect(config).toMatchObject({
        ...{ subjects: ['basket.>'], storage: 'file', retention: 'limits', discard: 'new', num_replicas: 1 },
        ...{ max_msgs: -1, max_bytes: -1, max_age: 0, deny_delete: true, deny_purge: true },
        ...{ duplicate_window: 3_000_000_000, max_msg_size: 50_000 + 16_384 },
      });
    });

    it('writes a commit as one message: a CloudEvents batch', async () => {
      const { channel, namespace } = await openNew();
      const events = range(3).map(anEvent);
      const { position } = await channel.append('cart.cart.a', events, { expect: 'any', messageId: 'č/1 %' });
      const message = await jsm.streams.getMessage(`${namespace}=cart`, { seq: 1 });
      expect(message?.json()).toEqual(events);
      expect(message?.header.get('Content-Type')).toBe('application/cloudevents-batch+json');
      expect(message?.header.get('Nats-Msg-Id')).toBe('%C4%8D/1%20%25');
      expect(position).toBe(8_192);
    });

    it.each([
      ['num_replicas', { replicas: 3 }],
      ['duplicate_window', { duplicateWindowMs: 5_000 }],
      ['max_msg_size', { maxCommitBytes: 1_000 }],
    ] as const)('refuses a stream that was made with another %s', async (setting, options) => {
      const { channel, namespace } = await openNew();
      await append(channel, 'cart.cart.a', 1);
      const other = await open({ namespace, ...options });
      await expect(append(other, 'cart.cart.a', 2)).rejects.toMatchObject({
        code: 'unsuitable-server',
        message: expect.stringContaining(setting),
      });
    });

    it('says what an acknowledged append survives', async () => {
      expect((await openNew()).channel.capabilities.durability).toBe('process-crash');
      expect((await openNew({ syncAlways: true })).channel.capabilities.durability).toBe('power-loss');
    });

    it('lets two namespaces share a server without hearing of each other', async () => {
      const [one, two] = [(await openNew()).channel, (await openNew()).channel];
      const heard = createLog<unknown>();
      two.subscribe('cart.>', ({ data }) => heard.add(data));
      await append(one, 'cart.cart.a', 'mine');
      one.publish('cart.a', { data: 'mine' });
      expect(await two.lastPosition('cart')).toBe(0);
      await expect(one.request('cart.a', { data: 1 }, { timeoutMs: 5_000 })).rejects.toMatchObject({
        code: 'no-responders',
      });
      two.publish('cart.a', { data: 'theirs' });
      expect(await heard.atLeast(1)).toEqual(['theirs']);
    });

    it('answers a request on the subject of an event from its responder, never from the stream', async () => {
      const { channel } = await openNew({ namespace: '' });
      await append(channel, 'orders.a', 1);
      const asking = channel.request('orders.a', { data: 1 }, { timeoutMs: 5_000 });
      await expect(asking).rejects.toMatchObject({ code: 'no-responders' });
      channel.respond('orders.a', 'a group with spaces', async () => ({ data: 'answer' }));
      expect(await channel.request('orders.a', { data: 1 }, { timeoutMs: 5_000 })).toEqual({ data: 'answer' });
      expect(dataOf(await collect(channel.read('orders.>')))).toEqual([1]);
    });

    it('reports a message that somebody else has put into a stream, and does not read past it', async () => {
      const failed = createLog<unknown>();
      const { channel, namespace } = await openNew({ onHandlerError: (error) => failed.add(error) });
      await append(channel, 'cart.cart.a', 1);
      nc.publish(`${namespace}=.cart.cart.a`, 'no batch');
      await nc.flush();
      const foreign = expect.objectContaining({
        code: 'log-unavailable',
        message: expect.stringContaining('no batch'),
      });
      await expect(collect(channel.read('cart.>'))).rejects.toEqual(foreign);
      const seen = createLog<unknown>();
      const consumer = channel.consume({ stream: 'cart', durable: 'test' }, ackInto(seen));
      expect(await failed.atLeast(1)).toEqual([foreign]);
      expect(consumer.ackedPosition).toBeLessThan(16_384);
    });

    it('keeps nothing of a dead letter, and of its subject, that are settled', async () => {
      const { channel, namespace } = await openNew();
      await appendAll(channel, 'cart.cart.a', ['dead', 'behind']);
      const seen = createLog<unknown>();
      const consumer = channel.consume({ stream: 'cart', durable: 'test' }, async (delivery) => {
        if (delivery.event.data === 'dead') return delivery.term('no use');
        await delivery.ack();
        seen.add(delivery.event.data);
      });
      const kept = async () => {
        const { state } = await jsm.streams.info(`${namespace}=durables`, { subjects_filter: '>' });
        return Object.keys(state.subjects ?? {}).map((subject) => subject.split('.').slice(5).join('.'));
      };
      const letters = await untilDone(async () => {
        expect(await kept()).toHaveLength(3);
        return consumer.deadLetters();
      });
      expect((await kept()).toSorted()).toEqual(['dead.8192', 'head', 'lagging.cart.cart.a']);
      await consumer.dismiss(letters[0]!.position);
      await seen.atLeast(1);
      await append(channel, 'cart.cart.b', 'on');
      await untilDone(async () => expect(await kept()).toEqual(['head']));
    });

    it('takes no commit and no message that the server would refuse', async () => {
      const { channel } = await openNew({ maxCommitBytes: 2 ** 30 });
      const { maxCommitBytes } = channel.capabilities;
      expect(maxCommitBytes).toBe(1_048_576 - 16_384);
      const data = 'x'.repeat(maxCommitBytes);
      await expect(append(channel, 'cart.a', data)).rejects.toMatchObject({ code: 'too-large' });
      await append(channel, 'cart.a', data.slice(1_000));
      const tooLarge = expect.objectContaining({ code: 'too-large' });
      expect(() => channel.publish('cart.a', { data: data + data })).toThrow(tooLarge);
    });
  });

  describe('when the server or the way to it fails', () => {
    it('says that no server answers', async () => {
      const opening = natsChannel({ servers: 'nats://127.0.0.1:1' });
      await expect(opening).rejects.toMatchObject({ code: 'log-unavailable' });
    });

    it('writes an append once though its first answer was lost', async () => {
      const { channel, proxy } = await openBehindProxy();
      await append(channel, 'cart.cart.a', 'before');
      const { revision } = await append(channel, 'cart.cart.a', 'last');
      proxy.hold();
      const appending = channel.append('cart.cart.a', [anEvent('once')], { expect: { revision } });
      await new Promise((resolve) => setTimeout(resolve, 100));
      proxy.cut();
      proxy.heal();
      expect(await appending).toMatchObject({ duplicate: false });
      expect(dataOf(await collect(channel.read('cart.>')))).toEqual(['before', 'last', 'once']);
    });

    it('knows its own append when its answer was lost and the duplicate window is over', async () => {
      const { channel, namespace, proxy } = await openBehindProxy({ duplicateWindowMs: 100 });
      const { revision } = await append(channel, 'cart.cart.a', 'before');
      const event = anEvent('once');
      proxy.hold();
      const appending = channel.append('cart.cart.a', [event], { expect: { revision } });
      // As if the request had come through and only the answer had not.
      const direct = await open({ namespace, duplicateWindowMs: 100 });
      const first = await direct.append('cart.cart.a', [event], { expect: { revision } });
      await new Promise((resolve) => setTimeout(resolve, 300));
      proxy.cut();
      proxy.heal();
      expect(await appending).toMatchObject({ position: first.position });
      expect(dataOf(await collect(channel.read('cart.>')))).toEqual(['before', 'once']);
    });

    it('gives an append up after its time, says that the outcome is unknown, and takes it again later', async () => {
      const { channel, proxy } = await openBehindProxy({ appendTimeoutMs: 200 });
      await append(channel, 'cart.cart.a', 'before');
      proxy.cut();
      const event = anEvent('after');
      const appending = channel.append('cart.cart.a', [event], { expect: 'any' });
      await expect(appending).rejects.toMatchObject({
        code: 'log-unavailable',
        message: expect.stringContaining('unknown'),
      });
      proxy.heal();
      await untilDone(() => channel.append('cart.cart.a', [event], { expect: 'any' }));
      expect(dataOf(await collect(channel.read('cart.>')))).toEqual(['before', 'after']);
    });

    it('goes on with a tail, a consumer, a subscription and a responder where they were', async () => {
      const { channel, namespace, proxy } = await openBehindProxy();
      const direct = await open({ namespace });
      const [tailed, consumed, heard] = [createLog<unknown>(), createLog<unknown>(), createLog<unknown>()];
      void (async () => {
        for await (const { event } of channel.tail('cart.>', 1)) tailed.add(event.data);
      })();
      channel.consume({ stream: 'cart', durable: 'test' }, ackInto(consumed));
      channel.subscribe('cart.a', ({ data }) => heard.add(data));
      channel.respond('cart.where', 'g', async (message) => message);
      await appendAll(direct, 'cart.cart.a', range(10));
      await Promise.all([tailed.atLeast(10), consumed.atLeast(10)]);
      proxy.cut();
      await appendAll(direct, 'cart.cart.a', [10, 11]);
      proxy.heal();
      await append(direct, 'cart.cart.a', 12);
      expect(await tailed.atLeast(13)).toEqual(range(13));
      expect(await consumed.atLeast(13)).toEqual(range(13));
      await untilDone(() => direct.request('cart.where', { data: 1 }, { timeoutMs: 1_000 }));
      direct.publish('cart.a', { data: 'again' });
      expect(await heard.atLeast(1)).toEqual(['again']);
    });

    it('closes without a server, and does not take for ever', async () => {
      const { channel, proxy } = await openBehindProxy();
      channel.consume({ stream: 'cart', durable: 'test' }, async () => {});
      await append(channel, 'cart.cart.a', 1);
      proxy.cut();
      await channel.close();
    });
  });

  describe('in several processes', () => {
    const options = { stream: 'cart', durable: 'test', backoffMs: [1] } as const;

    it('lets one of them handle a durable, and another one when the first closes', async () => {
      const { channel: first, namespace } = await openNew();
      const second = await open({ namespace });
      const [one, two] = [createLog<unknown>(), createLog<unknown>()];
      first.consume(options, ackInto(one));
      await append(first, 'cart.cart.a', 1);
      await one.atLeast(1);
      const standby = second.consume(options, ackInto(two));
      await expect(standby.deadLetters()).rejects.toMatchObject({ code: 'durable-conflict' });
      await append(second, 'cart.cart.a', 2);
      await one.atLeast(2);
      expect(two.items).toEqual([]);
      await first.close();
      await append(second, 'cart.cart.a', 3);
      expect(await two.atLeast(1)).toEqual([3]);
    });

    it('takes a durable from a process that is silent, and what that one had not acked comes again, in order', async () => {
      const leaseMs = 1_200;
      const { channel: first, namespace, proxy } = await openBehindProxy({ leaseMs });
      const second = await open({ namespace, leaseMs });
      const [one, two] = [createLog<unknown>(), createLog<unknown>()];
      const gate = createGate();
      await appendAll(second, 'cart.cart.a', range(6));
      first.consume(options, async (delivery) => {
        if (delivery.event.data === 3) await gate.opened;
        await delivery.ack();
        one.add(delivery.event.data);
      });
      await one.atLeast(3);
      proxy.cut();
      second.consume(options, ackInto(two));
      await untilDone(async () => expect(two.items).toContain(5));
      const after = [...two.items];
      // What was acked just before may come again, since nobody was told.
      expect(after).toEqual(range(6).slice(after[0] as number));
      expect(after).toContain(3);
      // The first one finds that it has lost the durable: its acks are its own affair.
      proxy.heal();
      gate.open();
      await append(second, 'cart.cart.a', 6);
      await two.atLeast(after.length + 1);
      await second.close();
      await append(first, 'cart.cart.a', 7);
      await one.atLeast(one.items.length + 1);
      expect(one.items.filter((data) => data === 6)).toEqual([]);
      expect(one.items.at(-1)).toBe(7);
    });

    it('refuses a durable that another process has begun with another order', async () => {
      const { channel: first, namespace } = await openNew();
      await first.consume(options, async () => {}).close();
      const second = await open({ namespace });
      expect(() => second.consume({ ...options, order: 'stream' }, async () => {})).toThrow(
        expect.objectContaining({ code: 'durable-conflict' }),
      );
    });

    it('shares the requests of a group, and hears what others publish', async () => {
      const { channel: first, namespace } = await openNew();
      const second = await open({ namespace });
      const asked = createLog<number>();
      for (const [index, channel] of [first, second].entries()) {
        channel.respond('cart.where', 'g', async (message) => {
          asked.add(index);
          return message;
        });
      }
      await untilDone(() => second.request('cart.where', { data: 1 }, { timeoutMs: 1_000 }));
      for (const data of range(40)) await first.request('cart.where', { data }, { timeoutMs: 5_000 });
      expect(asked.items).toHaveLength(41);
      expect(new Set(asked.items)).toEqual(new Set([0, 1]));
    });
  });

  function ackInto(log: { add(item: unknown): void }): (delivery: Delivery) => Promise<void> {
    return async (delivery) => {
      await delivery.ack();
      log.add(delivery.event.data);
    };
  }

  async function openNew(options: Partial<NatsChannelOptions> = {}) {
    const namespace = `n${++count}`;
    return { namespace, channel: await open({ namespace, ...options }) };
  }

  async function open(options: Partial<NatsChannelOptions>): Promise<EventChannel> {
    const channel = await natsChannel({ servers: running.nats.servers, onHandlerError: () => {}, ...options });
    opened.push(channel);
    return channel;
  }

  async function openBehindProxy(options: Partial<NatsChannelOptions> = {}): Promise<{
    channel: EventChannel;
    namespace: string;
    proxy: Proxy;
  }> {
    const proxy = await startProxy(running.nats.servers[0]!);
    opened.push(proxy);
    const { channel, namespace } = await openNew({ servers: proxy.url, ...options });
    return { channel, namespace, proxy };
  }
});

/** Tries until it works: for what comes back after a connection was lost. */
async function untilDone<T>(act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await act();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
