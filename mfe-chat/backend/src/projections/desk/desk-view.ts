import type { CannedReply, DeskEntry, Member } from '@souk/chat-api';
import type { Recorded } from '@souk/event-channel';
import type { Database, KeyStore, Personal } from '@souk/service-kit';
import type { IntegrationData } from '@souk/shared-events/integration';
import type { RecordedChatEvent, Words } from '../../domain/events.ts';

/** What the staff know among themselves. No route for shoppers may stand on it. */
export interface DeskView {
  /** What the staff did with a conversation, the latest of it, oldest first. */
  entries(conversationId: string): DeskEntry[];
  /** A member of the staff by id; without a name when it is not known (any more). */
  memberOf(staffId: string): Member;
  /** Everybody who has been at the desk, by name. */
  members(): Member[];
  /** The replies that are kept ready, by shortcut. */
  replies(): CannedReply[];
}

type DeskEvent =
  | RecordedChatEvent
  | {
      [Type in 'chat.staff-named.v1' | 'chat.canned-reply-saved.v1' | 'chat.canned-reply-removed.v1']: {
        readonly type: Type;
        readonly data: IntegrationData[Type];
      };
    }['chat.staff-named.v1' | 'chat.canned-reply-saved.v1' | 'chat.canned-reply-removed.v1'];

interface EntryRow {
  readonly position: number;
  readonly kind: DeskEntry['kind'];
  readonly after_seq: number;
  readonly staff_id: string | null;
  readonly to_staff_id: string | null;
  readonly words: string | null;
  readonly at: string;
}

/** Entries of one conversation that are shown; more than that nobody reads. */
const maxEntries = 500;

/** Tables of this view. */
export const deskTables: readonly string[] = ['desk_entry', 'desk_seq', 'staff_member', 'canned_reply'];

/** Brings one event into the view, where words stay sealed; runs inside the projection's transaction. */
export function applyToDesk({ event: recorded, position }: Recorded, db: Database): void {
  const event = recorded as typeof recorded & DeskEvent;
  const add = (
    kind: DeskEntry['kind'],
    { conversationId, by }: { conversationId: string; by: string | null },
    more: { to?: string | null; words?: Personal<Words> | undefined } = {},
  ): void => {
    db.run(
      `INSERT INTO desk_entry VALUES (?, ?, ?,
         coalesce((SELECT last_seq FROM desk_seq WHERE conversation_id = ?), 0), ?, ?, ?, ?)`,
      ...[position, conversationId, kind, conversationId, by, more.to ?? null],
      ...[more.words ? JSON.stringify(more.words) : null, recorded.time],
    );
  };
  switch (event.type) {
    case 'chat.message-posted.v2':
      db.run('INSERT OR REPLACE INTO desk_seq VALUES (?, ?)', event.data.conversationId, event.data.seq);
      return;
    case 'chat.conversation-claimed.v1':
      return add('claimed', event.data);
    case 'chat.conversation-transferred.v1':
      return add('transferred', event.data, { to: event.data.to, words: event.data.why });
    case 'chat.conversation-closed.v1':
      return add('closed', event.data);
    case 'chat.conversation-reopened.v1':
      return add('reopened', event.data);
    case 'chat.note-added.v1':
      return add('note', event.data, { words: event.data.note });
    case 'chat.staff-named.v1':
      db.run('INSERT OR REPLACE INTO staff_member VALUES (?, ?)', event.data.staffId, JSON.stringify(event.data.name));
      return;
    case 'chat.canned-reply-saved.v1': {
      const { replyId, shortcut, text } = event.data;
      db.run('INSERT OR REPLACE INTO canned_reply VALUES (?, ?, ?)', replyId, shortcut, text);
      return;
    }
    case 'chat.canned-reply-removed.v1':
      db.run('DELETE FROM canned_reply WHERE reply_id = ?', event.data.replyId);
      return;
    default:
      return;
  }
}

/** Reads the view. */
export function deskView(db: Database, keys: KeyStore): DeskView {
  const named = (row: { staff_id: string; name: string } | undefined, staffId = ''): Member => ({
    staffId: row?.staff_id ?? staffId,
    name: row ? (keys.open(JSON.parse(row.name) as Personal<string>) ?? '') : '',
  });
  const memberOf = (staffId: string): Member =>
    named(db.get('SELECT * FROM staff_member WHERE staff_id = ?', staffId), staffId);

  return {
    memberOf,
    members: () =>
      db
        .all<{ staff_id: string; name: string }>('SELECT * FROM staff_member')
        .map((row) => named(row))
        .filter(({ name }) => name !== '')
        .toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    entries(conversationId) {
      const sql = 'SELECT * FROM desk_entry WHERE conversation_id = ? ORDER BY position DESC LIMIT ?';
      return db
        .all<EntryRow>(sql, conversationId, maxEntries)
        .reverse()
        .map((row) => {
          const words = row.words === null ? undefined : keys.open(JSON.parse(row.words) as Personal<Words>);
          return {
            ...{ position: row.position, kind: row.kind, afterSeq: row.after_seq, at: row.at },
            by: row.staff_id === null ? null : memberOf(row.staff_id),
            ...(row.kind === 'transferred' && { to: row.to_staff_id === null ? null : memberOf(row.to_staff_id) }),
            ...(words && { text: words.text }),
            ...(row.words !== null && words === undefined && { erased: true }),
          };
        });
    },
    replies: () =>
      db.all<CannedReply>('SELECT reply_id AS "replyId", shortcut, text FROM canned_reply ORDER BY shortcut'),
  };
}
