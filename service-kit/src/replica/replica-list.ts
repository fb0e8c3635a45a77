import type { EventChannel, Subscription } from '@souk/event-channel';
import { askForReplicas, BEAT_MS, onAnnouncement } from './announcement.ts';

/** A replica that may be asked. */
export interface KnownReplica {
  readonly id: string;
  readonly address: string;
  readonly version: string;
  /** Not heard of lately: to be asked only when no other is there. */
  readonly isSilent: boolean;
}

/** The replicas of some backends, as they say themselves. */
export interface ReplicaList {
  /** In no order. */
  of(backend: string): readonly KnownReplica[];
  /** Listens for those of one more backend, if it does not yet. */
  add(backend: string): void;
  /** It could not be reached: it is out until it is heard of again. */
  drop(backend: string, id: string): void;
  /** Calls back when there may be more or fewer. Returns the undo. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

/** Three beats missed. */
const SILENT_AFTER_MS = 3.5 * BEAT_MS;

/**
 * Listens for replicas. One that falls silent stays in the list: the channel may be gone rather than the replica, and then
 * it still answers. Only who says goodbye or cannot be reached is taken out.
 */
export function openReplicaList(
  channel: EventChannel,
  backends: readonly string[],
  nowMs: () => number = () => performance.now(),
): ReplicaList {
  const known = new Map<string, Map<string, Heard>>();
  const subscriptions: Subscription[] = [];
  const listeners = new Set<() => void>();
  const tell = () => listeners.forEach((listener) => listener());

  const add = (backend: string): void => {
    if (known.has(backend)) return;
    const replicas = new Map<string, Heard>();
    known.set(backend, replicas);
    const subscription = onAnnouncement(channel, backend, ({ id, address, version, leaving }) => {
      const isChange = replicas.has(id) === leaving;
      if (leaving) replicas.delete(id);
      else replicas.set(id, { id, address, version, heardAt: nowMs() });
      if (isChange) tell();
    });
    subscriptions.push(subscription);
  };
  backends.forEach(add);
  askForReplicas(channel);

  return {
    add,
    of(backend) {
      const silentBefore = nowMs() - SILENT_AFTER_MS;
      return [...(known.get(backend)?.values() ?? [])].map(({ heardAt, ...replica }) => ({
        ...replica,
        isSilent: heardAt < silentBefore,
      }));
    },
    drop(backend, id) {
      if (known.get(backend)?.delete(id)) tell();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      await Promise.all(subscriptions.map((subscription) => subscription.close()));
    },
  };
}

type Heard = Omit<KnownReplica, 'isSilent'> & { readonly heardAt: number };
