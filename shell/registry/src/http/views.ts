import type { EventChannel } from '@souk/event-channel';
import { liveVersions } from '../domain/rollout.ts';
import type { MfeDeployment } from '../domain/rollout.ts';
import type { Registry } from '../registry.ts';

/** A deployment with what its live versions are, for people and tools. */
export const deploymentView = (deployment: MfeDeployment, registry: Pick<Registry, 'manifest'>) => ({
  ...deployment,
  live: liveVersions(deployment).flatMap((version) => {
    const manifest = registry.manifest(deployment.name, version);
    if (manifest === undefined) return [];
    const { owner, importance, elements, routes, slots, files } = manifest;
    return [{ version, owner, importance, elements, routes, slots, files }];
  }),
});

/** Where the history is read from. */
export interface HistoryOptions {
  readonly channel: EventChannel;
}

/** One thing that happened to a deployment. */
export interface HistoryEntry {
  readonly position: number;
  /** ISO 8601 UTC. */
  readonly time: string;
  /** `published`, `promoted`, `canary-changed`, `rolled-back`, `blocked`, `refused`. */
  readonly what: string;
  readonly data: unknown;
}

const mostEntries = 1000;

/** The last things that happened to one micro frontend, or to all; the last one first. */
export const historyOf = async (
  { channel }: HistoryOptions,
  mfe: string | undefined,
  limit: string | undefined,
): Promise<readonly HistoryEntry[]> => {
  const isName = mfe !== undefined && /^[a-z][a-z0-9]{0,31}$/.test(mfe);
  if (mfe !== undefined && !isName) return [];
  const wanted = Math.min(Math.max(1, Number(limit ?? 50) || 50), mostEntries);
  const entries: HistoryEntry[] = [];
  for await (const { position, event } of channel.read(isName ? `shell.mfe.${mfe}` : 'shell.mfe.>')) {
    const what = event.type.replace(/^shell\.mfe-/, '').replace(/\.v\d+$/, '');
    entries.push({ position, time: event.time, what, data: event.data });
    if (entries.length > wanted) entries.shift();
  }
  return entries.toReversed();
};
