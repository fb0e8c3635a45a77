import {
  JetStreamApiError,
  jetstream,
  jetstreamManager,
  type JetStreamClient,
  type JetStreamManager,
} from '@nats-io/jetstream';
import { connect, type NatsConnection, type NodeConnectionOptions } from '@nats-io/transport-node';
import { LogUnavailable, UnsuitableServer } from '../errors.ts';
import { createSignal } from '../log/signal.ts';
import { readAddresses } from './addresses.ts';
import { judgeServer } from './server-version.ts';

/** A connection and what the parts of the adapter do with it. */
export interface Connection {
  readonly nc: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  /** Calls back when the connection was lost and is there again: what was on its way is lost. @returns stops */
  onReconnect(listener: () => void): () => void;
  /** A request whose answer cannot come any more, because the connection was lost, is rejected rather than waited for. */
  ask<T>(request: () => Promise<T>): Promise<T>;
  /** Resolves when there has been no connection for so long; `signal` ends the watch. */
  gone(ms: number, signal: AbortSignal): Promise<void>;
}

export interface ConnectOptions {
  readonly servers: string | readonly string[];
  readonly name: string;
  readonly replicas: number;
  readonly syncAlways: boolean;
  readonly auth?: Pick<NodeConnectionOptions, 'user' | 'pass' | 'token' | 'tls' | 'authenticator'>;
  warn(message: string): void;
}

/** How long one request to the server may take before it is tried again or given up. */
export const requestTimeoutMs = 5_000;

/**
 * Connects, and stays connected: a lost connection is sought again for ever.
 * @throws {LogUnavailable} no server answers
 * @throws {UnsuitableServer} its version or settings would silently break what the channel promises
 */
export async function openConnection({ servers, name, auth, warn, ...wanted }: ConnectOptions): Promise<Connection> {
  const addresses = readAddresses(servers);
  const nc = await connect({
    ...addresses,
    ...auth,
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 100,
    pingInterval: 5_000,
    maxPingOut: 2,
    noAsyncTraces: true,
  }).catch((cause: unknown) => {
    throw new LogUnavailable(`no nats-server answers at ${addresses.servers.join(', ')}`, { cause });
  });
  const reconnected = createSignal<'reconnect'>();
  let lostAt: number | undefined;
  try {
    judge();
    if (nc.info?.jetstream !== true) throw new UnsuitableServer('JetStream is not switched on at this nats-server');
    const jsm = await jetstreamManager(nc, { checkAPI: false, timeout: requestTimeoutMs });
    await untilReady();
    const js = jetstream(nc, { timeout: requestTimeoutMs });
    void watch();
    return { nc, js, jsm, onReconnect, ask, gone };
  } catch (error) {
    await nc.close();
    throw error instanceof UnsuitableServer ? error : new LogUnavailable('JetStream does not answer', { cause: error });
  }

  /** A cluster that has just been started elects its leader first. */
  async function untilReady(): Promise<void> {
    const jsm = await jetstreamManager(nc, { checkAPI: false, timeout: 1_000 });
    const deadline = Date.now() + 3 * requestTimeoutMs;
    for (;;) {
      try {
        return void (await jsm.getAccountInfo());
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await delay(200);
      }
    }
  }

  function judge(): void {
    const { refusal, warning } = judgeServer(nc.info?.version ?? '', wanted);
    if (refusal) throw new UnsuitableServer(refusal);
    if (warning) warn(warning);
  }

  /** Another server of the cluster may be of another version: too late to refuse it, but not to say so. */
  async function watch(): Promise<void> {
    for await (const { type } of nc.status()) {
      if (type === 'disconnect') lostAt ??= Date.now();
      if (type !== 'reconnect') continue;
      lostAt = undefined;
      try {
        judge();
      } catch (error) {
        warn((error as Error).message);
      }
      reconnected.notify('reconnect');
    }
  }

  function onReconnect(listener: () => void): () => void {
    return reconnected.listen('reconnect', listener);
  }

  async function ask<T>(request: () => Promise<T>): Promise<T> {
    const lost = Promise.withResolvers<never>();
    const stop = onReconnect(() => lost.reject(new Error('the connection was lost while a request waited')));
    try {
      return await Promise.race([request(), lost.promise]);
    } finally {
      stop();
    }
  }

  async function gone(ms: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !nc.isClosed() && (lostAt === undefined || Date.now() - lostAt < ms)) await delay(50);
  }
}

/** What the server said is wrong; `undefined` when it said nothing, so that the outcome is unknown. */
export function apiErrorCode(error: unknown): number | undefined {
  return error instanceof JetStreamApiError ? error.code : undefined;
}

/** Codes of errors that the adapter tells apart. */
export const apiError = {
  streamNotFound: 10_059,
  streamNameInUse: 10_058,
  wrongLastSequence: 10_071,
  wrongLastSequenceInFlight: 10_164,
  sameIdInFlight: 10_158,
  messageTooLarge: 10_054,
} as const;

/** Resolves after a while; a timer that keeps no process alive. */
export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
