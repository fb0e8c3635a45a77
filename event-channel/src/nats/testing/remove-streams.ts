import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { namesIn } from '../names.ts';
import type { NatsChannelOptions } from '../index.ts';

/** Removes all that a case has left on the server, so that hundreds of cases can share one. */
export async function removeStreams({ servers, namespace = '' }: NatsChannelOptions): Promise<void> {
  const nc = await connect({ servers: [servers].flat() });
  try {
    const jsm = await jetstreamManager(nc, { checkAPI: false });
    const prefix = namesIn(namespace).stream('');
    for await (const name of jsm.streams.names()) if (name.startsWith(prefix)) await jsm.streams.delete(name);
  } finally {
    await nc.close();
  }
}
