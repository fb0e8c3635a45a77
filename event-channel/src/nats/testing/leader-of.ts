import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { StreamName } from '../../port.ts';
import { namesIn } from '../names.ts';

/** Servers, as far as their leader is looked for. */
interface Servers<Node> {
  readonly servers: readonly string[];
  readonly nodes: readonly Node[];
}

/** The server that leads a stream of Souk now. @throws {Error} nobody does */
export async function leaderOf<Node extends { readonly name: string }>(
  nats: Servers<Node>,
  stream: StreamName,
  namespace: string,
): Promise<Node> {
  const nc = await connect({ servers: [...nats.servers], ignoreClusterUpdates: true });
  try {
    const jsm = await jetstreamManager(nc, { checkAPI: false });
    const { cluster } = await jsm.streams.info(namesIn(namespace).stream(stream));
    const leader = nats.nodes.find(({ name }) => name === cluster?.leader);
    if (!leader) throw new Error(`nobody leads "${stream}"`);
    return leader;
  } finally {
    await nc.close();
  }
}
