import type { About, Conversation, Member, Message, MessagePage, MessagesQuery, Side } from '@souk/chat-api';
import type { Recorded } from '@souk/event-channel';
import type { Database, KeyStore, Personal } from '@souk/service-kit';
import type { RecordedChatEvent, Said } from '../../domain/events.ts';
import { keptSaid } from '../../seal-messages.ts';

/** What was said in a conversation, and how far each side has read. */
export interface ConversationView {
  /** The conversation as `side` sees it, if there is one. */
  conversation(conversationId: string, side: Side): Conversation | undefined;
  /** The shopper it belongs to. */
  shopperOf(conversationId: string): string | undefined;
  /** Whether a message of the conversation has this attachment. */
  hasAttachment(conversationId: string, attachmentId: string): boolean;
  /**
   * One page of messages, ordered by seq.
   * @param memberOf names who of the staff has written; without it nobody is told
   */
  page(conversation: Conversation, query: MessagesQuery, memberOf?: (staffId: string) => Member): MessagePage;
}

interface ConversationRow {
  readonly conversation_id: string;
  readonly about: string | null;
  readonly started_at: string;
  readonly last_seq: number;
  readonly delivered_to_shopper: number;
  readonly delivered_to_staff: number;
  readonly read_by_shopper: number;
  readonly read_by_staff: number;
  readonly unread: number;
}

interface MessageRow {
  readonly seq: number;
  readonly message_id: string;
  readonly client_msg_id: string;
  readonly voice: Message['from'];
  /** JSON of what was said, sealed. */
  readonly said: string;
  readonly about: string | null;
  readonly card: string | null;
  readonly at: string;
  readonly staff_id: string | null;
}

const defaultPageSize = 50;

/** Brings one event into the view, where texts stay sealed; runs inside the projection's transaction. */
export function applyToConversation({ event: recorded }: Recorded, db: Database, keys: KeyStore): void {
  const event = recorded as typeof recorded & RecordedChatEvent;
  switch (event.type) {
    case 'chat.conversation-started.v1': {
      const { conversationId, shopperId, about } = event.data;
      db.run(
        'INSERT INTO conversation (conversation_id, shopper_id, about, started_at) VALUES (?, ?, ?, ?)',
        ...[conversationId, shopperId, about && JSON.stringify(about), recorded.time],
      );
      return;
    }
    case 'chat.message-posted.v2': {
      const { conversationId, seq, messageId, clientMsgId, from, about, card, by } = event.data;
      const said = keptSaid(keys, shopperOf(db, conversationId) ?? '', event.data);
      db.run(
        'INSERT INTO message (conversation_id, seq, message_id, client_msg_id, voice, said, about, card, at, staff_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        ...[
          conversationId,
          seq,
          messageId,
          clientMsgId,
          from,
          JSON.stringify(said),
          about ? JSON.stringify(about) : null,
          card ? JSON.stringify(card) : null,
          recorded.time,
          by ?? null,
        ],
      );
      for (const { attachmentId } of keys.open(said)?.attachments ?? []) {
        const sql = 'INSERT OR IGNORE INTO message_attachment (conversation_id, attachment_id) VALUES (?, ?)';
        db.run(sql, conversationId, attachmentId);
      }
      db.run('UPDATE conversation SET last_seq = ? WHERE conversation_id = ?', seq, conversationId);
      return;
    }
    case 'chat.conversation-delivered.v1': {
      const { conversationId, to, upTo } = event.data;
      db.run(`UPDATE conversation SET delivered_to_${to} = ? WHERE conversation_id = ?`, upTo, conversationId);
      return;
    }
    case 'chat.conversation-read.v1': {
      const { conversationId, by, upTo } = event.data;
      db.run(`UPDATE conversation SET read_by_${by} = ? WHERE conversation_id = ?`, upTo, conversationId);
      return;
    }
    default:
      // What the staff do among themselves stands in the desk's own view.
      return;
  }
}

/** Reads the view. */
export function conversationView(db: Database, keys: KeyStore): ConversationView {
  return {
    conversation(conversationId, side) {
      const others = side === 'staff' ? "voice = 'shopper'" : "voice <> 'shopper'";
      const row = db.get<ConversationRow>(
        `SELECT *, (SELECT count(*) FROM message
                    WHERE conversation_id = c.conversation_id AND seq > c.read_by_${side} AND ${others}) AS unread
         FROM conversation AS c WHERE conversation_id = ?`,
        conversationId,
      );
      return row && toConversation(row);
    },

    shopperOf: (conversationId) => shopperOf(db, conversationId),

    hasAttachment(conversationId, attachmentId) {
      const sql = 'SELECT 1 AS found FROM message_attachment WHERE conversation_id = ? AND attachment_id = ?';
      return db.get(sql, conversationId, attachmentId) !== undefined;
    },

    page(conversation, { after, before, limit = defaultPageSize }, memberOf) {
      const forward = after !== undefined && before === undefined;
      const rows = db.all<MessageRow>(
        `SELECT * FROM message WHERE conversation_id = ? AND seq > ? AND seq < ?
         ORDER BY seq ${forward ? 'ASC' : 'DESC'} LIMIT ?`,
        ...[conversation.conversationId, after ?? 0, before ?? Number.MAX_SAFE_INTEGER, limit],
      );
      const messages = (forward ? rows : rows.reverse()).map((row) => toMessage(row, keys, memberOf));
      const first = messages[0]?.seq ?? (after ?? before ?? 0) + 1;
      const last = messages.at(-1)?.seq ?? after ?? (before ?? 1) - 1;
      return { conversation, messages, hasOlder: first > 1, hasNewer: last < conversation.lastSeq };
    },
  };
}

function shopperOf(db: Database, conversationId: string): string | undefined {
  const sql = 'SELECT shopper_id FROM conversation WHERE conversation_id = ?';
  return db.get<{ shopper_id: string }>(sql, conversationId)?.shopper_id;
}

function toConversation(row: ConversationRow): Conversation {
  return {
    conversationId: row.conversation_id,
    about: toAbout(row.about),
    startedAt: row.started_at,
    lastSeq: row.last_seq,
    unread: row.unread,
    // What was read was delivered.
    deliveredToShopper: Math.max(row.delivered_to_shopper, row.read_by_shopper),
    deliveredToStaff: Math.max(row.delivered_to_staff, row.read_by_staff),
    readByShopper: row.read_by_shopper,
    readByStaff: row.read_by_staff,
  };
}

function toMessage(row: MessageRow, keys: KeyStore, memberOf?: (staffId: string) => Member): Message {
  const said = keys.open(JSON.parse(row.said) as Personal<Said>);
  return {
    messageId: row.message_id,
    seq: row.seq,
    clientMsgId: row.client_msg_id,
    from: row.voice,
    text: said?.text ?? '',
    ...(said === undefined ? { erased: true } : {}),
    about: toAbout(row.about),
    ...(row.card === null ? {} : { card: JSON.parse(row.card) as About }),
    ...(said?.attachments ? { attachments: [...said.attachments] } : {}),
    at: row.at,
    ...(memberOf && row.staff_id !== null ? { by: memberOf(row.staff_id) } : {}),
  };
}

function toAbout(json: string | null): About | null {
  return json === null ? null : (JSON.parse(json) as About);
}
