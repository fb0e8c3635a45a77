import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@souk/service-kit';
import { ChildFailed, startChild } from './child.ts';
import type { Child, ChildSpec } from './child.ts';

export interface SupervisorOptions {
  /** How many replicas of each backend. */
  readonly replicas: Readonly<Record<string, number>>;
  /** How many of a backend that comes to the shop while it runs. */
  readonly replicasOfNew: number;
  /** Port of each gateway. */
  readonly ports: readonly number[];
  /** Root of the project. */
  readonly from: string;
  /** What the processes are told. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
}

/** All processes of a shop. */
export interface Supervisor {
  /** Those that serve, gateways last. */
  readonly processes: readonly Child[];
  /**
   * Puts new replicas in place of the old ones, one after the other: the new one serves before the old one says goodbye.
   * @param backend as in the address of its API
   * @param from root of the project whose code the new ones run. @default that of this one
   * @throws {ChildFailed} the new one does not come up: the old ones go on
   * @throws {NoSuchBackend}
   */
  replace(backend: string, from?: string): Promise<void>;
  /** Gateways first, so that nobody asks for what is gone. Idempotent. */
  close(): Promise<void>;
}

/** There is no backend of this name. */
export class NoSuchBackend extends Error {
  readonly code = 'no-such-backend';
  constructor(name: string, known: readonly string[]) {
    super(`there is no backend "${name}"; there are ${known.join(', ')}`);
    this.name = 'NoSuchBackend';
  }
}

/** Waits before a process that died is started again, the last one for ever. Milliseconds. */
const backoffMs = [200, 1000, 5000];

/**
 * Starts every backend as processes of their own, and then the gateways. A process that dies is started again, and a backend
 * that a gateway misses is started as well.
 * @throws {ChildFailed} when one does not come up; the others are closed again
 */
export const supervise = async (options: SupervisorOptions): Promise<Supervisor> => {
  const { replicasOfNew, ports, from, env, log } = options;
  const replicas = { ...options.replicas };
  const running = new Set<Child>();
  const leaving = new Set<Child>();
  const closing = new AbortController();

  const start = async (spec: ChildSpec): Promise<Child> => {
    const child = await startChild(spec, (backend) => void startNew(backend));
    running.add(child);
    void child.gone.then(() => {
      running.delete(child);
      if (leaving.has(child) || closing.signal.aborted) return;
      log.error({ process: spec.name, slot: spec.slot, pid: child.pid }, 'this process died and is started again');
      void startAgain(spec);
    });
    return child;
  };

  const startAgain = async (spec: ChildSpec): Promise<void> => {
    for (let attempt = 0; !closing.signal.aborted; attempt++) {
      try {
        return void (await start(spec));
      } catch (error) {
        if (!(error instanceof ChildFailed)) throw error;
        const waitMs = backoffMs[Math.min(attempt, backoffMs.length - 1)];
        await delay(waitMs, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  };

  /** Every gateway that misses it says so; one that does not come up is tried again, as one that died. */
  const startNew = async (name: string): Promise<void> => {
    if (Object.hasOwn(replicas, name) || closing.signal.aborted) return;
    replicas[name] = replicasOfNew;
    log.info({ backend: name }, 'a new backend belongs to the shop and is started');
    await startAgain({ name, slot: 1, from, env });
    await Promise.all(slotsBeside(replicasOfNew).map((slot) => startAgain({ name, slot, from, env })));
  };

  const stop = async (child: Child): Promise<void> => {
    leaving.add(child);
    await child.stop();
  };

  const of = (name: string) => [...running].filter((child) => child.spec.name === name);
  const isGateway = ({ spec }: Child) => spec.port !== undefined;

  const supervisor: Supervisor = {
    get processes() {
      return [...running].toSorted((a, b) => Number(isGateway(a)) - Number(isGateway(b)) || order(a, b));
    },
    async replace(backend, newFrom = from) {
      if (!Object.hasOwn(replicas, backend)) throw new NoSuchBackend(backend, Object.keys(replicas));
      for (const old of of(backend)) {
        // A folder belongs to one process at a time, so the new one takes a free one, and the old one's is free then.
        const taken = new Set(of(backend).map(({ spec }) => spec.slot));
        let slot = 1;
        while (taken.has(slot)) slot++;
        await start({ ...old.spec, slot, from: newFrom });
        await stop(old);
      }
    },
    async close() {
      closing.abort();
      await Promise.all([...running].filter(isGateway).map(stop));
      await Promise.all([...running].map(stop));
    },
  };

  try {
    // The first replica of each seeds and migrates what all share; then the rest at once.
    const firsts = Object.keys(replicas).map((name) => ({ name, slot: 1, from, env }));
    await everyOne(firsts.map(start));
    await everyOne(firsts.flatMap((spec) => slotsBeside(replicas[spec.name]!).map((slot) => start({ ...spec, slot }))));
    await everyOne(ports.map((port, index) => start({ name: 'gateway', slot: index + 1, from, env, port })));
    return supervisor;
  } catch (error) {
    await supervisor.close();
    throw error;
  }
};

/** Of the replicas that are started after the first one. */
const slotsBeside = (count: number): readonly number[] => Array.from({ length: count - 1 }, (_, index) => index + 2);

/** Waits for all, also when one has failed, so that none is left behind unseen. */
const everyOne = async (promises: readonly Promise<unknown>[]): Promise<void> => {
  const results = await Promise.allSettled(promises);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
};

const order = (a: Child, b: Child): number => a.spec.name.localeCompare(b.spec.name) || a.spec.slot - b.spec.slot;
