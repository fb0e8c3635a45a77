import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EventChannel } from '@souk/event-channel';
import { natsChannel } from '@souk/event-channel/nats';
import { leaderOf, startProxy, type Proxy } from '@souk/event-channel/nats/testing';
import { findNats, startNats, type Nats, type NatsNode } from '../../../scripts/nats.ts';
import type { ProofOptions } from '../proof.ts';
import { createFindings, type Findings } from './findings.ts';
import { checkJournal, checkLog, nothingKnown } from './invariants.ts';
import { journal, startLoad, stream, type Acked } from './load.ts';
import { chance } from './random.ts';

/** What a fault may be done to. */
interface Target {
  readonly nats: Nats;
  readonly leader: NatsNode;
  /** A server chosen at random. */
  readonly any: NatsNode;
  /** The wire of one of the three clients. */
  readonly wire: Proxy;
}

const faults: Readonly<Record<string, (target: Target) => Promise<void>>> = {
  async 'the leader is killed'({ leader }) {
    leader.process.kill('SIGKILL');
    await delay(500);
    await leader.restart();
  },
  // Frozen is cut off: nothing goes in or out, and when it goes on it believes for a moment what it believed before.
  async 'the leader is cut off and healed'({ leader }) {
    leader.process.kill('SIGSTOP');
    await delay(6_000);
    leader.process.kill('SIGCONT');
  },
  async 'one node is cut off and healed'({ any }) {
    any.process.kill('SIGSTOP');
    await delay(6_000);
    any.process.kill('SIGCONT');
  },
  async 'all three are killed and started again'({ nats }) {
    for (const node of nats.nodes) node.process.kill('SIGKILL');
    await Promise.all(nats.nodes.map((node) => node.restart()));
  },
  async 'a client is cut off and healed'({ wire }) {
    wire.hold();
    await delay(1_000);
    wire.cut();
    await delay(2_000);
    wire.heal();
  },
};

/** A cluster of three servers, R3, `sync_interval: always`, hurt while three clients append, race and project. */
export async function proveNats({ runs, seed, short, progress }: ProofOptions): Promise<Findings[]> {
  const server = await findNats().catch((error: unknown) => error as Error);
  if (server instanceof Error) {
    if (process.env.CI === 'true') throw server;
    const findings = createFindings('nats');
    findings.told.push(`NOT SEEN: ${server.message.replaceAll('\n', ' ')}`);
    return [findings];
  }
  // In memory where that can be had: what is killed here are processes, and an fsync is asked for all the same.
  const dir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'souk-prove-'));
  const nats = await startNats({ server, dir, size: 3, syncAlways: true });
  const all: Findings[] = [];
  try {
    const rounds = short ? 1 : Math.max(1, Math.round(runs / 40));
    for (const fault of short ? ['the leader is killed'] : Object.keys(faults)) {
      const findings = createFindings(`nats, ${fault}`);
      all.push(findings);
      let acknowledged = 0;
      for (let round = 0; round < rounds; round++) {
        acknowledged += await oneRound(findings, fault, round);
        progress(`${findings.part}: ${round + 1} of ${rounds}, ${findings.broken.length} broken`);
      }
      findings.told.push(`${rounds} times, ${acknowledged} commits acknowledged`);
    }
    return all;
  } finally {
    await nats.stop();
    rmSync(dir, { recursive: true });
  }

  async function oneRound(findings: Findings, fault: string, round: number): Promise<number> {
    const namespace = `prove${all.length}r${round}`;
    const where = `round ${round + 1}: --seed ${seed}`;
    const random = chance(seed, fault, round);
    const wire = await startProxy(nats.servers[random.below(3)]!);
    const channels = await Promise.all(
      [nats.servers, nats.servers, [wire.url]].map((servers) => open(namespace, servers)),
    );
    const readModel = join(dir, `${namespace}.db`);
    const known = nothingKnown();
    const { db, follower } = journal(channels[0]!, readModel);
    const enough = waitFor(known.acked);
    const stop = new AbortController();
    const load = Promise.all(
      channels.map(
        (channel, index) =>
          startLoad({
            ...{ channel, writers: 2, racers: 1, signal: stop.signal, acked: enough.add },
            ...{
              prefix: `c${index}`,
              mayFail: (error: unknown) => (error as { code?: string }).code === 'log-unavailable',
            },
          }).done,
      ),
    );
    await Promise.race([enough.atLeast(30 + random.below(100)), load]);
    await faults[fault]!({
      nats,
      wire,
      leader: await leaderOf(nats, stream, namespace),
      any: nats.nodes[random.below(3)]!,
    });
    await Promise.race([enough.atLeast(known.acked.length + 100), load]);
    stop.abort();
    await load;
    await untilItWorks(() => follower.ready());
    await follower.close();
    db.close();
    const reader = await open(namespace, nats.servers);
    checkJournal(readModel, await checkLog(reader, known, findings, where), findings, where);
    await Promise.all([...channels, reader].map((channel) => channel.close()));
    await wire.close();
    return known.acked.length;
  }

  function open(namespace: string, servers: readonly string[]): Promise<EventChannel> {
    const settings = { replicas: 3 as const, syncAlways: true, appendTimeoutMs: 40_000, onHandlerError: () => {} };
    return natsChannel({ servers, namespace, ...settings });
  }
}

/** What goes wrong while a cluster comes back is tried again; that it stays wrong is for whoever waits. */
async function untilItWorks(work: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if ((error as { code?: string }).code !== 'log-unavailable' || tries === 50) throw error;
      await delay(200);
    }
  }
}

/** Says when so many commits were acknowledged. */
function waitFor(acked: Acked[]) {
  let waiting: { readonly count: number; readonly resolve: () => void } | undefined;
  return {
    add(one: Acked) {
      acked.push(one);
      if (waiting && acked.length >= waiting.count) waiting.resolve();
    },
    atLeast: (count: number) => new Promise<void>((resolve) => (waiting = { count, resolve })),
  };
}
