import type { About, Inbox, InboxEntry, InboxQuery } from '@souk/chat-api';
import type { Recorded } from '@souk/event-channel';
import type { Database, KeyStore, Personal } from '@souk/service-kit';
import type { RecordedChatEvent, Said } from '../../domain/events.ts';
import { keptSaid } from '../../seal-messages.ts';

/** What the desk has to answer. */
export interface InboxView {
  inbox(query: InboxQuery): Inbox;
}

interface InboxRow {
  readonly conversation_id: string;
  readonly about: string | null;
  readonly waiting_since: string | null;
  readonly last_seq: number;
  readonly last_voice: InboxEntry['last']['from'];
  /** JSON of what was said last, sealed; null before that. */
  readonly last_said: string | null;
  readonly last_at: string;
  readonly unread: number;
}

const defaultLimit = 50;

/** Characters of the last message the inbox shows. */
const previewLength = 160;

/** Between the start of a conversation and its first message. */
const noWords: Said = { author: '', text: '' };

/** Brings one event into the inbox, where texts stay sealed; runs inside the projection's transaction. */
export function applyToInbox({ event: recorded }: Recorded, db: Database, keys: KeyStore): void {
  const event = recorded as typeof recorded & RecordedChatEvent;
  switch (event.type) {
    case 'chat.conversation-started.v1': {
      const { conversationId, shopperId, about } = event.data;
      db.run(
        'INSERT INTO inbox (conversation_id, shopper_id, about, last_at) VALUES (?, ?, ?, ?)',
        ...[conversationId, shopperId, about && JSON.stringify(about), recorded.time],
      );
      return;
    }
    case 'chat.message-posted.v2': {
      const { conversationId, seq, from, about } = event.data;
      // An automatic answer is no person's: the shopper still waits, and the desk must see what was asked.
      if (from === 'shop') return;
      const sql = 'SELECT shopper_id FROM inbox WHERE conversation_id = ?';
      const said = keptSaid(keys, db.get<{ shopper_id: string }>(sql, conversationId)?.shopper_id ?? '', event.data);
      const waiting = from === 'shopper' ? 'coalesce(waiting_since, :at)' : 'NULL';
      db.prepare(
        `UPDATE inbox SET last_seq = :seq, last_voice = :from, last_said = :said, last_at = :at,
                about = coalesce(:about, about), waiting_since = ${waiting}
         WHERE conversation_id = :conversationId`,
      ).run({
        seq,
        from,
        said: JSON.stringify(said),
        at: recorded.time,
        about: about ? JSON.stringify(about) : null,
        conversationId,
      });
      if (from === 'shopper') {
        db.run('INSERT INTO inbox_unread (conversation_id, seq) VALUES (?, ?)', conversationId, seq);
      }
      return;
    }
    case 'chat.conversation-delivered.v1':
      return;
    case 'chat.conversation-read.v1': {
      const { conversationId, by, upTo } = event.data;
      if (by === 'staff') {
        db.run('DELETE FROM inbox_unread WHERE conversation_id = ? AND seq <= ?', conversationId, upTo);
      }
      return;
    }
    default:
      event satisfies never;
  }
}

/** Reads the inbox. */
export function inboxView(db: Database, keys: KeyStore): InboxView {
  return {
    inbox({ state = 'open', limit = defaultLimit }) {
      const rows = db.all<InboxRow>(
        `SELECT *, (SELECT count(*) FROM inbox_unread AS u WHERE u.conversation_id = i.conversation_id) AS unread
         FROM inbox AS i ${state === 'waiting' ? 'WHERE waiting_since IS NOT NULL' : ''}
         ORDER BY waiting_since IS NULL, waiting_since, last_at DESC, conversation_id LIMIT ?`,
        limit,
      );
      const counts = db.get<{ total: number; waiting: number }>(
        'SELECT count(*) AS total, count(waiting_since) AS waiting FROM inbox',
      );
      return {
        conversations: rows.map((row) => toEntry(row, keys)),
        waiting: counts?.waiting ?? 0,
        total: counts?.total ?? 0,
      };
    },
  };
}

function toEntry(row: InboxRow, keys: KeyStore): InboxEntry {
  const said = row.last_said === null ? noWords : keys.open(JSON.parse(row.last_said) as Personal<Said>);
  const preview = [...(said?.text ?? '')].slice(0, previewLength).join('');
  return {
    conversationId: row.conversation_id,
    shopper: `Shopper ${row.conversation_id.replace(/^c_/, '').slice(0, 4)}`,
    about: row.about === null ? null : (JSON.parse(row.about) as About),
    unread: row.unread,
    waitingSince: row.waiting_since,
    last: {
      ...{ seq: row.last_seq, from: row.last_voice, text: preview, at: row.last_at },
      ...(said === undefined ? { erased: true } : {}),
    },
  };
}
