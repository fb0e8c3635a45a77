import type { CloudEvent, EventChannel, Subject, SubjectFilter } from '@souk/event-channel';
import { cloudEvent } from '../cloud-event.ts';
import type { Follower } from '../follower.ts';
import type { Logger } from '../logger.ts';
import { projection } from '../projection.ts';
import type { Projection } from '../projection.ts';
import { reactor } from '../reactor.ts';
import type { Reactor } from '../reactor.ts';
import type { Database } from '../sqlite.ts';
import type { KeyStore } from './key-store.ts';

/** What a backend says when it has erased a person. */
export interface ErasureAnswer {
  readonly subject: Subject;
  readonly type: string;
  readonly data: unknown;
}

export interface ErasuresOptions {
  /** Unique among all backends: `notes-erasures`. */
  readonly name: string;
  readonly channel: EventChannel;
  readonly keys: KeyStore;
  /** The backend's own database, for the inbox. */
  readonly db: Database;
  readonly log?: Logger;
  /** Where erasures are asked for. */
  readonly requests: { readonly stream: string; readonly filter: SubjectFilter; readonly type: string };
  /** Who is to be erased. */
  readonly personOf: (request: CloudEvent) => string;
  /** CloudEvents source of the answer: `/notes`. */
  readonly source: string;
  /**
   * Erases what no key protects, after the key is gone, and says that it is done. May run again after a crash.
   */
  readonly erase: (person: string) => Promise<ErasureAnswer>;
}

export interface Erasures {
  /** For the app. */
  readonly followers: readonly Follower[];
  /** For the backend's parts. Nothing that could be rebuilt: what it has done is in the key store. */
  readonly projection: Projection;
  readonly reactor: Reactor;
}

/**
 * Erases whoever the log says is to be erased. How far that has come is kept in the key store's own file: a store that is
 * brought back from a backup shreds again what was shredded since, before its backend is ready.
 */
export function followErasures(options: ErasuresOptions): Erasures {
  const { name, channel, keys, db, log, requests, personOf, source, erase } = options;
  const { stream, filter, type } = requests;
  const logging = log ? { log } : {};

  const shredding = projection({
    ...{ name: `${name}-keys`, channel, db: keys.db, stream, filter, ...logging },
    apply({ event, position }) {
      if (event.type === type) keys.shred(personOf(event), position);
    },
  });
  const answering = reactor({
    ...{ name, channel, db, stream, filter, ...logging },
    async handle(recorded) {
      const { event, position } = recorded;
      if (event.type !== type) return;
      await shredding.waitFor(position, { timeoutMs: 10_000 });
      const { subject, ...answer } = await erase(personOf(event));
      // Its id follows from the request's, so that a second answer is none.
      const answered = cloudEvent({ ...answer, source, cause: recorded, id: `${event.id}-${name}` });
      await channel.append(subject, [answered], { expect: 'any' });
    },
  });
  const follower: Follower = { name: shredding.name, status: () => shredding.status() };
  return { followers: [follower, answering], projection: shredding, reactor: answering };
}
