import { join } from 'node:path';
import { folderArtifacts } from '@souk/shell-registry';
import type { Artifacts } from '@souk/shell-registry';
import { copiesIn } from './open-channel.ts';
import type { ChannelName } from './open-channel.ts';

/** Folder of what the registry keeps on this machine. */
export const registryDirIn = (dataDir: string): string => join(dataDir, 'registry');

/** Opens the store of the builds: beside the log and with as many copies, so that whoever reads the one can read the other. */
export const openArtifacts = async (options: {
  readonly channel: ChannelName;
  readonly dataDir: string;
}): Promise<Artifacts> => {
  const { channel, dataDir } = options;
  const dir = registryDirIn(dataDir);
  if (channel === 'memory' || channel === 'sqlite') return folderArtifacts(dir);
  // Loaded only where it is used, as the channel of a server is.
  const { objectArtifacts } = await import('@souk/shell-registry/object-artifacts');
  const { readAddresses } = await import('@souk/event-channel/nats');
  const { servers, ...auth } = readAddresses(channel);
  return objectArtifacts({ servers, auth, dir, replicas: copiesIn(channel) });
};
