import { afterEach, describe, expect, it } from 'vitest';
import { natsForTests } from '../../../scripts/nats.ts';
import type { EventChannel } from '../index.ts';
import { anEvent, append, collect, createLog, dataOf, range } from '../testing/helpers.ts';
import { natsChannel } from './index.ts';
import { leaderOf } from './testing/leader-of.ts';
import { serversForCases } from './testing/servers.ts';

const server = await natsForTests();
/** A cluster takes some seconds to find that its leader is gone. */
const timeout = 90_000;

describe.skipIf(!server)('a cluster of three nats-servers with faults', () => {
  const running = serversForCases({ server, size: 3, syncAlways: true });
  const opened: EventChannel[] = [];
  let count = 0;

  afterEach(() => Promise.all(opened.splice(0).map((channel) => channel.close())));

  describe.each([
    ['the leader of the stream is killed', killLeader],
    ['the leader is cut off for a while and healed', cutLeader],
    ['all three are killed', killAll],
  ])('when %s during appends', (_title, fault) => {
    it('loses no acknowledged event, writes none twice and keeps the order of each subject', { timeout }, async () => {
      const namespace = `fault${++count}`;
      const channels = await Promise.all(range(3).map(() => open(namespace)));
      const seen = createLog<string>();
      channels[0]!.consume({ stream: 'cart', durable: 'test' }, async (delivery) => {
        await delivery.ack();
        seen.add(String(delivery.event.data));
      });
      const stop = new AbortController();
      const writers = range(4).map((n) => startWriter(channels[n % 3]!, n, stop.signal));
      const failed = Promise.all(writers.map(({ done }) => done));
      const acked = (least: number[]) => Promise.all(writers.map(({ acked }, n) => acked.atLeast(least[n]!)));
      await Promise.race([acked([40, 40, 40, 40]), failed]);
      const before = writers.map(({ acked }) => acked.items.length);
      await fault(namespace);
      await Promise.race([acked(before.map((length) => length + 40)), failed]);
      stop.abort();
      await failed;

      const log = await collect((await open(namespace)).read('cart.>'));
      expect(new Set(log.map(({ position }) => position)).size).toBe(log.length);
      for (const [n, { acked }] of writers.entries()) {
        expect(dataOf(log.filter(({ subject }) => subject === `cart.cart.c${n}`))).toEqual(acked.items);
      }
      await until(() => new Set(seen.items).size === log.length);
      for (const [n, { acked }] of writers.entries()) {
        const mine = seen.items.filter((data) => data.startsWith(`${n}/`));
        expect([...new Set(mine)]).toEqual(acked.items);
      }
    });
  });

  it(
    'has never two winners in 300 rounds of three writers on three servers, with faults on the way',
    { timeout },
    async () => {
      const namespace = `race${++count}`;
      const channels = await Promise.all(running.nats.servers.map((url) => open(namespace, [url])));
      const winners: unknown[] = ['start'];
      let { revision } = await append(channels[0]!, 'cart.cart.a', 'start');
      let fault: Promise<void> | undefined;
      for (let round = 0; round < 300;) {
        if (round === 100 && !fault) fault = cutLeader(namespace);
        const outcomes = await Promise.allSettled(
          channels.map(async (channel, writer) => {
            const data = `${round}/${writer}`;
            return { data, ...(await channel.append('cart.cart.a', [anEvent(data)], { expect: { revision } })) };
          }),
        );
        const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
        const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
        expect(lost.filter((code) => code !== 'wrong-revision')).toEqual([]);
        expect(won.length).toBeLessThan(2);
        // A leader that is gone may have refused all in favour of one that it took along.
        if (!won[0]) continue;
        winners.push(won[0].data);
        revision = won[0].revision;
        round++;
      }
      await fault;
      expect(dataOf(await collect(channels[1]!.read('cart.cart.a')))).toEqual(winners);
    },
  );

  async function open(namespace: string, servers = running.nats.servers): Promise<EventChannel> {
    const channel = await natsChannel({
      ...{ servers, namespace, replicas: 3, syncAlways: true, appendTimeoutMs: 40_000, onHandlerError: () => {} },
    });
    opened.push(channel);
    return channel;
  }

  async function killLeader(namespace: string): Promise<void> {
    const leader = await leaderOf(running.nats, 'cart', namespace);
    leader.process.kill('SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await leader.restart();
  }

  async function cutLeader(namespace: string): Promise<void> {
    const leader = await leaderOf(running.nats, 'cart', namespace);
    leader.process.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    leader.process.kill('SIGCONT');
  }

  async function killAll(): Promise<void> {
    for (const { process: child } of running.nats.nodes) child.kill('SIGKILL');
    await Promise.all(running.nats.nodes.map((node) => node.restart()));
  }
});

/** Appends one event after the other on a subject of its own, each at the revision of the one before. */
function startWriter(channel: EventChannel, n: number, stop: AbortSignal) {
  const acked = createLog<string>();
  return { acked, done: write() };

  async function write(): Promise<void> {
    let expected: { revision: number } | 'no-stream' = 'no-stream';
    for (let i = 0; !stop.aborted; i++) {
      const data = `${n}/${i}`;
      const { revision } = await channel.append(`cart.cart.c${n}`, [anEvent(data)], { expect: expected });
      acked.add(data);
      expected = { revision };
    }
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
