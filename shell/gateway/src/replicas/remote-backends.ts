import { Agent } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { EventChannel } from '@souk/event-channel';
import { openReplicaList } from '@souk/service-kit';
import type { Logger } from '@souk/service-kit';
import type { Backends } from '../backends.ts';
import { forwarder } from './forward.ts';
import { rankReplicas } from './rank-replicas.ts';

export interface RemoteBackendsOptions {
  readonly channel: EventChannel;
  /** Every backend of the shop; one of which no replica is there answers 503. */
  readonly names: readonly string[];
  readonly log: Logger;
  /** Hears that the shop needs a backend of which no replica is there. @default nobody does */
  readonly onWanted?: (backend: string) => void;
  /** How long the start waits until each has a replica. @default 20_000 milliseconds */
  readonly waitMs?: number;
}

/** Backends in other processes, found by what their replicas say on the channel. */
export interface RemoteBackends {
  readonly handlers: Backends;
  /** Resolves when each backend has a replica, or when it has taken too long. */
  readonly settled: Promise<void>;
  /** One more backend belongs to the shop from now on; may be told again. */
  add(backend: { readonly name: string }): void;
  close(): Promise<void>;
}

/** Finds backends that run elsewhere, on any number of hosts, and hands requests to them. */
export const remoteBackends = (options: RemoteBackendsOptions): RemoteBackends => {
  const { channel, names, log, onWanted, waitMs = 20_000 } = options;
  const replicas = openReplicaList(channel, names);
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 });
  const handlers = {};
  const add = (name: string): void => {
    const handler = forwarder({
      candidates: (request) => rankReplicas(replicas.of(name), askerOf(request)),
      onUnreachable: ({ id }) => replicas.drop(name, id),
      ...{ agent, log },
    });
    Object.defineProperty(handlers, name, {
      enumerable: true,
      get: () => (replicas.of(name).length > 0 ? handler : undefined),
    });
  };
  names.forEach(add);

  const all = Promise.withResolvers<void>();
  const look = () => {
    if (names.every((name) => replicas.of(name).length > 0)) all.resolve();
  };
  const undo = replicas.onChange(look);
  const timer = setTimeout(all.resolve, waitMs);
  look();
  return {
    handlers,
    settled: all.promise.finally(() => {
      clearTimeout(timer);
      undo();
    }),
    add({ name }) {
      replicas.add(name);
      if (!Object.hasOwn(handlers, name)) add(name);
      if (replicas.of(name).length === 0) onWanted?.(name);
    },
    async close() {
      all.resolve();
      await replicas.close();
      agent.destroy();
    },
  };
};

/** Who asks, from what the gateway itself has vouched for; nothing else hangs on it but which replica is asked. */
const askerOf = ({ headers }: IncomingMessage): string => {
  const passport = headers['souk-session'];
  if (typeof passport !== 'string') return '';
  try {
    const { sub } = JSON.parse(Buffer.from(passport.split('.')[0]!, 'base64url').toString()) as { sub?: unknown };
    return typeof sub === 'string' ? sub : '';
  } catch {
    return '';
  }
};
