import { join } from 'node:path';
import type { EventChannel, HandlerErrorListener } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import type { Logger } from '@souk/service-kit';

/** `memory` forgets everything at the end; `nats://host:port`, or several with commas between, is a server;
 * user and password may stand before the host; three addresses are a cluster. */
export type ChannelName = 'sqlite' | 'memory' | `nats://${string}`;

/** The log's file, where the channel is sqlite. */
export const logFileIn = (dataDir: string): string => join(dataDir, 'events.db');

/** A cluster keeps three copies of everything: any one server may be gone and nothing is lost, nothing waits. */
export const copiesIn = (channel: `nats://${string}`): 1 | 3 => (channel.split(',').length >= 3 ? 3 : 1);

/** Opens the channel of a shop. */
export const openChannel = async (options: {
  readonly channel: ChannelName;
  readonly dataDir: string;
  readonly log: Logger;
}): Promise<EventChannel> => {
  const { channel, dataDir, log } = options;
  // Reactors log what they throw, with more about it; here it would stand twice.
  const onHandlerError: HandlerErrorListener = (err, { subject, name }) => {
    if (!name.startsWith('consumer ')) log.warn({ err, subject, by: name }, 'a handler of the channel failed');
  };
  if (channel === 'memory') return memoryChannel({ onHandlerError });
  if (channel === 'sqlite') return sqliteChannel({ file: logFileIn(dataDir), onHandlerError });
  // Loaded only where it is used: most shops need no client of a server.
  const { natsChannel } = await import('@souk/event-channel/nats');
  const onWarning = (message: string) => log.warn(message);
  return natsChannel({ servers: channel, replicas: copiesIn(channel), onHandlerError, onWarning });
};
