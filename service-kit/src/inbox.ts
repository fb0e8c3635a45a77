import type { Position, Recorded, Subject } from '@souk/event-channel';
import type { Database } from './sqlite.ts';

/** Which events a reactor has handled, for as long as they can be delivered again. */
export interface Inbox {
  has(event: Recorded): boolean;
  /** Notes an event as handled, in the transaction at hand; now and then drops what needs no note any more. */
  note(event: Recorded): void;
  /** Drops all that needs no note any more. */
  prune(): void;
}

interface Note {
  readonly source: string;
  readonly event_id: string;
  readonly subject: Subject;
  readonly position: Position;
}

/** Notes that are there before it is looked whether they can go. */
const PRUNE_EVERY = 64;

/**
 * The inbox of one reactor. An event's note is kept until the channel says that the event is settled for good: a crash at
 * any moment finds it in the channel's progress or here.
 * @param isSettled whether an event can never be delivered again
 */
export function openInbox(
  db: Database,
  reactor: string,
  isSettled: (subject: Subject, position: Position) => boolean,
): Inbox {
  let notes = db.all<Note>(
    'SELECT source, event_id, subject, position FROM souk_inbox WHERE reactor = ? AND position IS NOT NULL',
    reactor,
  );
  let pruneAt = notes.length + PRUNE_EVERY;

  const prune = () => {
    const kept: Note[] = [];
    db.transaction(() => {
      for (const note of notes) {
        if (!isSettled(note.subject, note.position)) kept.push(note);
        else {
          const sql = 'DELETE FROM souk_inbox WHERE reactor = ? AND source = ? AND event_id = ?';
          db.run(sql, reactor, note.source, note.event_id);
        }
      }
    });
    notes = kept;
    pruneAt = notes.length + PRUNE_EVERY;
  };

  return {
    has({ event }) {
      const sql = 'SELECT 1 AS found FROM souk_inbox WHERE reactor = ? AND source = ? AND event_id = ?';
      return db.get(sql, reactor, event.source, event.id) !== undefined;
    },
    note({ event, subject, position }) {
      const sql = `INSERT OR IGNORE INTO souk_inbox (reactor, source, event_id, subject, position) VALUES (?, ?, ?, ?, ?)`;
      db.run(sql, reactor, event.source, event.id, subject, position);
      notes.push({ source: event.source, event_id: event.id, subject, position });
      if (notes.length >= pruneAt) prune();
    },
    prune,
  };
}
