import type { About, Inbox, InboxEntry, InboxQuery, Member } from '@souk/chat-api';
import type { Recorded } from '@souk/event-channel';
import type { Database, KeyStore, Personal } from '@souk/service-kit';
import type { ConversationAbout, RecordedChatEvent, Said } from '../../domain/events.ts';
import { keptSaid } from '../../seal-messages.ts';
import { cursorOf, readCursor } from './inbox-cursor.ts';

/** What the desk has to answer. */
export interface InboxView {
  /**
   * @param me who of the staff asks, for what is theirs
   * @throws {Invalid} a cursor that is none
   */
  inbox(query: InboxQuery, me: string, memberOf: (staffId: string) => Member): Inbox;
  /** Who has a conversation, and whether it is done. */
  standing(conversationId: string): { readonly assignee: string | null; readonly closed: boolean };
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
  readonly assignee: string | null;
  readonly closed: number;
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
      if (about) addTopic(db, conversationId, about);
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
      if (about) addTopic(db, conversationId, about);
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
    case 'chat.conversation-claimed.v1':
      db.run('UPDATE inbox SET assignee = ? WHERE conversation_id = ?', event.data.by, event.data.conversationId);
      return;
    case 'chat.conversation-transferred.v1':
      db.run('UPDATE inbox SET assignee = ? WHERE conversation_id = ?', event.data.to, event.data.conversationId);
      return;
    case 'chat.conversation-closed.v1': {
      const { conversationId } = event.data;
      db.run('UPDATE inbox SET closed = 1, waiting_since = NULL WHERE conversation_id = ?', conversationId);
      db.run('DELETE FROM inbox_unread WHERE conversation_id = ?', conversationId);
      return;
    }
    case 'chat.conversation-reopened.v1':
      db.run('UPDATE inbox SET closed = 0 WHERE conversation_id = ?', event.data.conversationId);
      return;
    default:
      return;
  }
}

function addTopic(db: Database, conversationId: string, { id }: ConversationAbout): void {
  db.run('INSERT OR IGNORE INTO inbox_topic (conversation_id, id) VALUES (?, ?)', conversationId, id);
}

const isUnread = 'EXISTS (SELECT 1 FROM inbox_unread AS u WHERE u.conversation_id = i.conversation_id)';

/** What of the inbox is in each pile; `:me` is who asks. */
const piles = {
  open: 'closed = 0',
  waiting: 'closed = 0 AND waiting_since IS NOT NULL',
  unread: `closed = 0 AND ${isUnread}`,
  unassigned: 'closed = 0 AND assignee IS NULL',
  mine: 'closed = 0 AND assignee = :me',
  closed: 'closed = 1',
} as const;

/** Label, order or product; any text is looked for as it is. */
const fits = `(:q = '' OR instr(lower('shopper ' || substr(conversation_id, 3, 4)), :q) > 0
  OR EXISTS (SELECT 1 FROM inbox_topic AS t WHERE t.conversation_id = i.conversation_id
             AND (instr(lower(t.id), :q) > 0 OR instr(replace(lower(t.id), '-', ' '), :q) > 0)))`;

/** Reads the inbox. */
export function inboxView(db: Database, keys: KeyStore): InboxView {
  return {
    inbox({ state = 'open', limit = defaultLimit, q = '', after }, me, memberOf) {
      const { where, values } = readCursor(after);
      const rows = db
        .prepare(
          `SELECT *, (SELECT count(*) FROM inbox_unread AS u WHERE u.conversation_id = i.conversation_id) AS unread
           FROM inbox AS i WHERE ${piles[state]} AND ${fits} AND ${where} AND (:me IS NOT NULL)
           ORDER BY waiting_since IS NULL, waiting_since, last_at DESC, conversation_id LIMIT :limit`,
        )
        .all({ me, q: q.trim().toLowerCase(), limit: limit + 1, ...values }) as unknown as InboxRow[];
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      const counts = db
        .prepare(
          `SELECT count(*) AS total, count(waiting_since) AS waiting,
                  ${(['open', 'unread', 'unassigned', 'mine', 'closed'] as const)
                    .map((pile) => `coalesce(sum(${piles[pile]}), 0) AS ${pile}`)
                    .join(', ')}
           FROM inbox AS i`,
        )
        .get({ me }) as unknown as Inbox['counts'] & { total: number; waiting: number };
      const { total, waiting, ...ofPiles } = counts;
      return {
        conversations: shown.map((row) => toEntry(row, keys, memberOf)),
        next: rows.length > limit && last ? cursorOf(last) : null,
        waiting,
        total,
        counts: { ...ofPiles },
      };
    },

    standing(conversationId) {
      const sql = 'SELECT assignee, closed FROM inbox WHERE conversation_id = ?';
      const row = db.get<Pick<InboxRow, 'assignee' | 'closed'>>(sql, conversationId);
      return { assignee: row?.assignee ?? null, closed: row?.closed === 1 };
    },
  };
}

function toEntry(row: InboxRow, keys: KeyStore, memberOf: (staffId: string) => Member): InboxEntry {
  const said = row.last_said === null ? noWords : keys.open(JSON.parse(row.last_said) as Personal<Said>);
  const preview = [...(said?.text ?? '')].slice(0, previewLength).join('');
  return {
    conversationId: row.conversation_id,
    shopper: shopperLabel(row.conversation_id),
    about: row.about === null ? null : (JSON.parse(row.about) as About),
    unread: row.unread,
    waitingSince: row.waiting_since,
    assignee: row.assignee === null ? null : memberOf(row.assignee),
    closed: row.closed === 1,
    last: {
      ...{ seq: row.last_seq, from: row.last_voice, text: preview, at: row.last_at },
      ...(said === undefined ? { erased: true } : {}),
    },
  };
}

/** How the desk calls a shopper: the same for one shopper, and it names nobody. */
export function shopperLabel(conversationId: string): string {
  return `Shopper ${conversationId.replace(/^c_/, '').slice(0, 4)}`;
}
