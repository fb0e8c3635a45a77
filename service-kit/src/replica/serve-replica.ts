import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { EventChannel } from '@souk/event-channel';
import type { Backend } from '../backend.ts';
import { newId } from '../ids.ts';
import { closeAll } from '../shutdown.ts';
import { announce, BEAT_MS, onReplicasWanted } from './announcement.ts';

export interface ServeReplicaOptions {
  /** Closed with the replica. */
  readonly backend: Backend;
  /** Over which gateways find it. */
  readonly channel: EventChannel;
  readonly version: string;
  /** Where gateways reach it. @default '127.0.0.1' */
  readonly host?: string;
  /** `0` = any free one. @default 0 */
  readonly port?: number;
  /** Time between the goodbye and the end of taking requests: until then each gateway has heard it. @default 500 milliseconds */
  readonly graceMs?: number;
}

/** A backend that takes requests of gateways in other processes. */
export interface Replica {
  readonly id: string;
  /** `http://127.0.0.1:4711` */
  readonly address: string;
  /**
   * Says goodbye, still answers what comes until every gateway has heard it, lets requests at hand finish, and closes
   * the backend. So no request fails when a replica is replaced. Idempotent.
   */
  close(): Promise<void>;
}

/**
 * Gateways check who asks and pass it on signed; so this may listen only where nobody but gateways can reach it, which
 * costs a stranger no more than 401s.
 */
const limits = {
  // The gateway has looked after how long a body may take.
  requestTimeout: 0,
  headersTimeout: 10_000,
  maxHeaderSize: 16 * 1024,
  // Longer than gateways keep idle connections, so that none is closed here while a request is on its way.
  keepAliveTimeout: 60_000,
};

/**
 * Serves a backend that is ready on a port of its own, and says so on the channel until it closes.
 * @throws with code `EADDRINUSE` when the port is taken
 */
export async function serveReplica(options: ServeReplicaOptions): Promise<Replica> {
  const { backend, channel, version, host = '127.0.0.1', port = 0, graceMs = 500 } = options;
  let leaving = false;
  const server = createServer(limits, (request, response) => {
    if (leaving) response.setHeader('connection', 'close');
    backend.handler(request, response);
  });
  server.listen(port, host);
  await once(server, 'listening');

  const id = newId('replica');
  const address = `http://${host}:${(server.address() as AddressInfo).port}`;
  const say = () => announce(channel, backend.name, { id, address, version, leaving });
  const wanted = onReplicasWanted(channel, say);
  const beat = setInterval(say, BEAT_MS);
  say();

  const leave = async () => {
    leaving = true;
    clearInterval(beat);
    await wanted.close();
    say();
    await delay(graceMs);
    const ended = new Promise<void>((resolve) => void server.close(() => resolve()));
    // Closing the backend ends what would go on for ever, such as streams; the rest it lets finish.
    await closeAll([backend]).finally(() => server.closeAllConnections());
    await ended;
  };
  let closed: Promise<void> | undefined;
  return { id, address, close: () => (closed ??= leave()) };
}
