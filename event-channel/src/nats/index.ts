import { guardedChannel } from '../guarded-channel.ts';
import { warnAboutHandlerError, type HandlerErrorListener } from '../log/handler-error.ts';
import { createSignal } from '../log/signal.ts';
import type { Capabilities, EventChannel } from '../port.ts';
import { streamOf } from '../stream-of.ts';
import { createAppender } from './appender.ts';
import { createBus } from './bus.ts';
import { openConnection, type ConnectOptions } from './connection.ts';
import { createDurables, knownOrders } from './durables/consumers.ts';
import { namesIn } from './names.ts';
import { createReader } from './reader.ts';
import { createStreams } from './streams.ts';

export { readAddresses } from './addresses.ts';
export type { Addresses } from './addresses.ts';

export interface NatsChannelOptions {
  /** `nats://host:port` or `nats://user:password@host:port`, several with commas between or as a list. */
  readonly servers: string | readonly string[];
  /** Name of this connection, for whoever looks at the server. @default 'souk' */
  readonly name?: string;
  /** Lets several shops share a server: `[A-Za-z0-9_-]*`. @default none: the subjects on the server are those of the events */
  readonly namespace?: string;
  /** Servers that keep a copy; more than one needs a cluster. @default 1 */
  readonly replicas?: 1 | 3 | 5;
  /** The servers run with `sync_interval: always`, which they tell nobody. @default false */
  readonly syncAlways?: boolean;
  /** @default 120_000 milliseconds */
  readonly duplicateWindowMs?: number;
  /** @default as much as the server takes, at most 1_048_576 bytes */
  readonly maxCommitBytes?: number;
  /** How long an append without an answer is tried again. @default 15_000 milliseconds */
  readonly appendTimeoutMs?: number;
  /** How long a process that is silent keeps its durables. @default 6_000 milliseconds */
  readonly leaseMs?: number;
  readonly auth?: ConnectOptions['auth'];
  /** Hears what handlers throw. @default a process warning */
  readonly onHandlerError?: HandlerErrorListener;
  /** Hears what is better known about the server. @default a process warning */
  readonly onWarning?: (message: string) => void;
}

/** How long a channel that closes waits for a connection that is lost. */
const giveUpAfterMs = 2_000;

/** What a message has beside the events: commas, brackets and headers. */
const overheadBytes = 16_384;

/**
 * A channel kept by nats-server in JetStream, for several processes. Streams are made when they are first needed.
 * @throws {LogUnavailable} no server answers
 * @throws {UnsuitableServer} its version or its settings would silently break what the channel promises
 * @throws {RangeError} the namespace has other characters
 */
export async function natsChannel(options: NatsChannelOptions): Promise<EventChannel> {
  const { namespace = '', replicas = 1, syncAlways = false, duplicateWindowMs = 120_000 } = options;
  const { onHandlerError = warnAboutHandlerError, leaseMs = 6_000, appendTimeoutMs = 15_000 } = options;
  const warn = options.onWarning ?? ((message) => process.emitWarning(message, 'NatsWarning'));
  const names = namesIn(namespace);
  const { servers, name = 'souk', auth } = options;
  const connection = await openConnection({ servers, name, auth, replicas, syncAlways, warn });
  const { nc } = connection;
  const maxPayload = nc.info?.max_payload ?? 1_048_576;
  const capabilities: Capabilities = {
    adapter: 'nats',
    durability: syncAlways ? 'power-loss' : 'process-crash',
    replicas,
    duplicateWindowMs,
    maxCommitBytes: Math.min(options.maxCommitBytes ?? 1_048_576, 1_048_576, maxPayload - overheadBytes),
  };
  const { maxCommitBytes } = capabilities;
  const settings = { replicas, duplicateWindowMs, maxMessageBytes: maxCommitBytes + overheadBytes };
  const streams = createStreams(connection, names, settings);
  const grown = createSignal<string>();
  const written = (stream: string) => grown.notify(stream);
  const appending = { maxCommitBytes, duplicateWindowMs, appendTimeoutMs, written };
  const appender = createAppender(connection, streams, names, appending);
  const reader = createReader(connection, streams, names);
  const durablesDeps = { connection, names, streams, reader, grown, leaseMs, onHandlerError };
  const durables = createDurables(durablesDeps, await knownOrders(connection, names));
  const bus = createBus(connection, names, onHandlerError);

  return guardedChannel({
    capabilities,
    append: appender.append,
    read(filter, { from = 1, to } = {}) {
      const stream = streamOf(filter);
      const end = to === undefined ? streams.before(stream, () => streams.lastPosition(stream)) : Promise.resolve(to);
      end.catch(() => undefined);
      return reader.read(filter, from, end);
    },
    lastPosition: streams.lastPosition,
    consume: durables.start,
    tail: reader.tail,
    publish: bus.publish,
    subscribe: bus.subscribe,
    request: (subject, message, { timeoutMs }) => bus.request(subject, message, timeoutMs),
    respond: bus.respond,
    async close() {
      reader.close();
      const done = new AbortController();
      const ending = Promise.all([bus.close(), durables.close(), appender.settled()])
        .then(() => nc.flush())
        .finally(() => done.abort());
      // Without a server there is nobody to bring the rest to, but handlers that run are waited for all the same.
      await Promise.race([ending.catch(() => undefined), connection.gone(giveUpAfterMs, done.signal)]);
      await nc.close();
      await ending.catch(() => undefined);
    },
  });
}
