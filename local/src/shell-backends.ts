import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BackendPlan } from './backends.ts';
import { logFileIn } from './open-channel.ts';
import type { ChannelName } from './open-channel.ts';
import { readModelsIn } from './read-models.ts';

interface Place {
  readonly channel: ChannelName;
  readonly dataDir: string;
  /** Streams that queries see beside those of this repository. @default none */
  readonly alsoStreams?: readonly string[];
}

/** Where backends keep their files: never longer than the log, or they would know events that it does not have. */
export const backendsDir = ({ channel, dataDir }: Place): string => {
  if (channel === 'sqlite') return dataDir;
  // Without user and password, which belong into no path.
  const server = channel.replaceAll(/\/\/[^@/,]*@/g, '//');
  const dir = join(dataDir, server.replaceAll(/[^\w.-]+/g, '_'));
  if (channel === 'memory') rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  return dir;
};

/**
 * The backends that every shop has, whatever it sells: `/api/events/…`, the log's own, and `/api/shell/…`.
 * @param fileOf where the read model of a backend lies, for queries. @default in the backend's own folder
 */
export const shellBackends = (place: Place, fileOf?: (backend: string) => string): readonly BackendPlan[] => [
  {
    name: 'events',
    create: async (options) =>
      (await import('@souk/shell-query')).createQueryBackend({
        ...options,
        logFile: place.channel === 'sqlite' ? logFileIn(place.dataDir) : undefined,
        readModels: readModelsIn(fileOf ?? ((backend) => join(options.dataDir, `${backend}.db`))),
        streams: [
          ...new Set(['catalog', 'cart', 'chat', 'bell', 'account', 'push', 'shell', ...(place.alsoStreams ?? [])]),
        ],
      }),
  },
  {
    name: 'shell',
    create: async (options) => (await import('@souk/shell-gateway')).createErasureBackend(options),
  },
];
