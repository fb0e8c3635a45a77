import type { EventChannel, Position, Recorded, Revision, Subject } from '@souk/event-channel';
import type { Database } from './sqlite.ts';

export interface SnapshotsOptions<State> {
  /** Unique in `db`. */
  readonly name: string;
  readonly channel: EventChannel;
  readonly db: Database;
  /** Of the fold: another one than what a snapshot was made with makes it void. Raise it whenever `evolve` changes. */
  readonly version: number;
  /** Before the first event. */
  readonly initial: State;
  readonly evolve: (state: State, recorded: Recorded) => State;
  /** A state as it is kept: JSON, and nothing personal in the clear. @default as it is */
  readonly keep?: (state: State) => unknown;
  /** The state again. @default as it is */
  readonly restore?: (kept: unknown) => State;
  /** So many events read at once leave a snapshot. @default 200 */
  readonly every?: number;
}

/** What the events of a subject come to. */
export interface Folded<State> {
  readonly state: State;
  /** Of the last event; 0 when there is none. */
  readonly revision: Revision;
}

/** Folds subjects of the log whose events may become many. */
export interface Snapshots<State> {
  /** The subject as the log has it now. @param from where the caller is already */
  read(subject: Subject, from?: Folded<State>): Promise<Folded<State>>;
  /** Drops the snapshot of a subject. */
  forget(subject: Subject): Promise<void>;
}

interface SnapshotRow {
  readonly position: Position;
  readonly event_id: string;
  readonly state: string;
}

/**
 * Folds a subject from its last snapshot on, which is only a head start: the log's newer events are always read, and a
 * snapshot that is missing, of another version, not to be read, or of another log counts as none.
 */
export function snapshots<State>(options: SnapshotsOptions<State>): Snapshots<State> {
  const { name, channel, db, version, initial, evolve, every = 200 } = options;
  const { keep = (state: State): unknown => state, restore = (kept: unknown) => kept as State } = options;

  const find = async (subject: Subject): Promise<Folded<State> | undefined> => {
    const sql = 'SELECT position, event_id, state FROM souk_snapshot WHERE name = ? AND subject = ? AND version = ?';
    const row = db.get<SnapshotRow>(sql, name, subject, version);
    if (row === undefined) return undefined;
    // The event must be there that it was made at.
    for await (const { event } of channel.read(subject, { from: row.position, to: row.position })) {
      if (event.id !== row.event_id) return undefined;
      try {
        return { state: restore(JSON.parse(row.state)), revision: row.position };
      } catch {
        return undefined;
      }
    }
    return undefined;
  };

  return {
    async read(subject, from) {
      let { state, revision } = from ?? (await find(subject)) ?? { state: initial, revision: 0 };
      let count = 0;
      let last: Recorded | undefined;
      for await (const recorded of channel.read(subject, { from: revision + 1 })) {
        state = evolve(state, recorded);
        revision = recorded.position;
        last = recorded;
        count++;
      }
      if (last !== undefined && count >= every) {
        while (db.lent) await db.lent;
        const sql = 'INSERT OR REPLACE INTO souk_snapshot VALUES (?, ?, ?, ?, ?, ?)';
        db.run(sql, name, subject, version, revision, last.event.id, JSON.stringify(keep(state)));
      }
      return { state, revision };
    },
    async forget(subject) {
      while (db.lent) await db.lent;
      db.run('DELETE FROM souk_snapshot WHERE name = ? AND subject = ?', name, subject);
    },
  };
}
