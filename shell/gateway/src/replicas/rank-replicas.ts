import { hash } from 'node:crypto';
import type { KnownReplica } from '@souk/service-kit';

/**
 * In which order replicas are asked for somebody: always the same one first while it is there, so that who writes reads
 * what was written, and when it is gone only those it served move (rendezvous hashing). Those that are silent come last.
 * @param key who asks
 */
export const rankReplicas = (replicas: readonly KnownReplica[], key: string): readonly KnownReplica[] =>
  replicas
    .map((replica) => ({ replica, score: hash('sha1', `${key} ${replica.id}`) }))
    .toSorted((a, b) => Number(a.replica.isSilent) - Number(b.replica.isSilent) || (a.score < b.score ? -1 : 1))
    .map(({ replica }) => replica);
