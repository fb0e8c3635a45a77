import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { CloudEvent, EventChannel, Revision } from '@souk/event-channel';
import { openDatabase, projection } from '@souk/service-kit';
import type { Database, Projection } from '@souk/service-kit';

/** An append that was acknowledged. */
export interface Acked {
  readonly subject: string;
  readonly position: number;
  readonly id: string;
}

/** What each event of the load says: whose it is, which one, and what its writer believed that it follows. */
export interface LoadData {
  readonly n: number;
  /** Position of the event before it on the subject; 0 for none. */
  readonly after: number;
}

/** What goes on while faults are made. */
export interface Load {
  /** Resolves when all writers have stopped. Rejects with the first error that is none of the expected ones. */
  readonly done: Promise<void>;
}

export interface LoadOptions {
  readonly channel: EventChannel;
  readonly writers: number;
  /** Writers that want the same subject: of those that expect the same revision one may win. */
  readonly racers: number;
  /** Tells the writers of this load from those of another on the same log. @default '' */
  readonly prefix?: string;
  readonly signal: AbortSignal;
  readonly acked: (acked: Acked) => void;
  /** What an append may fail with; it is then sent again with the same id. */
  readonly mayFail?: (error: unknown) => boolean;
}

/** Subjects of the load. */
export const stream = 'cart';
const raceSubject = 'cart.race.all';

/**
 * Each writer appends one event after the other on a subject of its own, each at the revision of the one before, and
 * begins with what the log has of it. Two at a time of its events are one commit now and then.
 */
export function startLoad(options: LoadOptions): Load {
  const { channel, writers, racers, prefix = '', signal, acked, mayFail = () => false } = options;
  const all = [
    ...Array.from({ length: writers }, (_, writer) => write(`cart.writer.${prefix}w${writer}`)),
    ...Array.from({ length: racers }, () => write(raceSubject)),
  ];
  return { done: Promise.all(all).then(() => undefined) };

  async function write(subject: string): Promise<void> {
    let { n, revision } = await endOf(subject);
    while (!signal.aborted) {
      const events = Array.from({ length: n % 5 === 0 ? 2 : 1 }, (_, index) =>
        anEvent({ n: n + index, after: revision }),
      );
      const expect = revision === 0 ? 'no-stream' : { revision };
      const outcome = await appendUntilKnown(subject, events, expect);
      if (outcome === undefined) ({ n, revision } = await endOf(subject));
      else {
        acked({ subject, position: outcome, id: events.at(-1)!.id });
        n += events.length;
        revision = outcome;
      }
    }
  }

  /** The position, or `undefined` when somebody else was faster. */
  async function appendUntilKnown(subject: string, events: readonly CloudEvent[], expect: ExpectOption) {
    for (;;) {
      try {
        return (await channel.append(subject, events, { expect })).revision;
      } catch (error) {
        if ((error as { code?: string }).code === 'wrong-revision') return undefined;
        if (!mayFail(error)) throw error;
        if (signal.aborted) return undefined;
        await delay(20);
      }
    }
  }

  async function endOf(subject: string): Promise<{ n: number; revision: Revision }> {
    for (;;) {
      try {
        let end = { n: 0, revision: 0 };
        for await (const { position, event } of channel.read(subject)) {
          end = { n: (event.data as LoadData).n + 1, revision: position };
        }
        return end;
      } catch (error) {
        if (!mayFail(error)) throw error;
        await delay(20);
      }
    }
  }
}

type ExpectOption = 'no-stream' | { readonly revision: Revision };

/** An event of the load, with an id of its own. */
export function anEvent(data: LoadData): CloudEvent<string, LoadData> {
  const id = randomUUID();
  return {
    ...{ specversion: '1.0', id, source: '/prove', type: 'cart.proved.v1', time: new Date().toISOString() },
    ...{ datacontenttype: 'application/json', data, correlationid: id },
  };
}

/** A read model that notes each event it takes, as often as it takes it. */
export function journal(channel: EventChannel, file: string): { db: Database; follower: Projection } {
  const migrations = ['CREATE TABLE taken (position INTEGER NOT NULL, id TEXT NOT NULL, n INTEGER NOT NULL) STRICT'];
  const db = openDatabase({ file, migrations });
  const follower = projection({
    ...{ name: 'journal', channel, db, stream },
    apply({ position, event }) {
      db.run('INSERT INTO taken VALUES (?, ?, ?)', position, event.id, (event.data as LoadData).n);
    },
  });
  return { db, follower };
}
