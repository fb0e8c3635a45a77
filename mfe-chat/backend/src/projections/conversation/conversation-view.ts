import type { About, Conversation, Member, Message, MessagePage, MessagesQuery, Side } from '@souk/chat-api';
import type { Recorded } from '@souk/event-channel';
import type { Database, KeyStore, Personal } from '@souk/service-kit';
import type { IntegrationData } from '@souk/shared-events/integration';
import type { RecordedChatEvent, Said } from '../../domain/events.ts';
import { keptSaid } from '../../seal-messages.ts';

/** What was said in a conversation, and how far each side has read. */
export interface ConversationView {
  /** The conversation as `side` sees it, if there is one. */
  conversation(conversationId: string, side: Side): Conversation | undefined;
  /** The shopper who began it, under whose key it is sealed. */
  shopperOf(conversationId: string): string | undefined;
  /** Whose it is now: the customer's whom that shopper turned out to be, else the shopper's. */
  ownerOf(conversationId: string): string | undefined;
  /** All that somebody has, those of the guests they were among them: the one that goes on first, then the earlier ones. */
  conversationsOf(personId: string): readonly string[];
  /** Whether a message of the conversation has this attachment. */
  hasAttachment(conversationId: string, attachmentId: string): boolean;
  /**
   * One page of messages, ordered by seq.
   * @param reader who of the staff has written is told where `memberOf` names them; before the first message come those of
   * the `earlier` conversations, the newest first, whose seqs count down from 0
   */
  page(conversation: Conversation, query: MessagesQuery, reader?: Reader): MessagePage;
}

/** What of a page depends on who reads it. */
export interface Reader {
  readonly memberOf?: (staffId: string) => Member;
  readonly earlier?: readonly string[];
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

interface SignedIn {
  readonly type: 'account.signed-in.v1';
  readonly data: IntegrationData['account.signed-in.v1'];
}

const defaultPageSize = 50;

/** Brings one event into the view, where texts stay sealed; runs inside the projection's transaction. */
export function applyToConversation({ event: recorded }: Recorded, db: Database, keys: KeyStore): void {
  const event = recorded as typeof recorded & (RecordedChatEvent | SignedIn);
  switch (event.type) {
    case 'account.signed-in.v1':
      // The first one counts: a guest signs in once.
      db.run('INSERT OR IGNORE INTO customers VALUES (?, ?)', event.data.guestId, event.data.customerId);
      return;
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

    ownerOf: (conversationId) =>
      db.get<{ id: string }>(
        `SELECT coalesce(customer_id, shopper_id) AS id FROM conversation LEFT JOIN customers ON guest_id = shopper_id
         WHERE conversation_id = ?`,
        conversationId,
      )?.id,

    conversationsOf: (personId) =>
      db
        .all<{ id: string }>(
          // As they were begun: rows come in the order of the log.
          `SELECT conversation_id AS id FROM conversation LEFT JOIN customers ON guest_id = shopper_id
           WHERE coalesce(customer_id, shopper_id) = ?1
             AND (shopper_id = ?1 OR shopper_id IN (SELECT guest_id FROM customers WHERE customer_id = ?1))
           ORDER BY conversation.rowid DESC`,
          personId,
        )
        .map(({ id }) => id),

    hasAttachment(conversationId, attachmentId) {
      const sql = 'SELECT 1 AS found FROM message_attachment WHERE conversation_id = ? AND attachment_id = ?';
      return db.get(sql, conversationId, attachmentId) !== undefined;
    },

    page(conversation, { after, before, limit = defaultPageSize }, { memberOf, earlier = [] } = {}) {
      const forward = after !== undefined && before === undefined;
      const { conversationId } = conversation;
      const end = before ?? Number.MAX_SAFE_INTEGER;
      const rows = messagesIn(db, conversationId, { after: after ?? 0, before: end, limit, forward });
      if (!forward) rows.reverse();
      let firstSeq = 1;
      for (const one of after === undefined ? earlier : []) {
        const shift = lastSeqOf(db, one) + 1 - firstSeq;
        const left = { after: 0, before: Math.min(end, firstSeq) + shift, limit: limit - rows.length, forward };
        const more = messagesIn(db, one, left).map((row) => ({ ...row, seq: row.seq - shift }));
        rows.unshift(...more.reverse());
        firstSeq = 1 - shift;
      }
      const messages = rows.map((row) => toMessage(row, keys, memberOf));
      const first = messages[0]?.seq ?? (after ?? before ?? 0) + 1;
      const last = messages.at(-1)?.seq ?? after ?? (before ?? 1) - 1;
      return { conversation, messages, hasOlder: first > firstSeq, hasNewer: last < conversation.lastSeq };
    },
  };
}

function messagesIn(
  db: Database,
  conversationId: string,
  { after, before, limit, forward }: { after: number; before: number; limit: number; forward: boolean },
): MessageRow[] {
  return db.all<MessageRow>(
    `SELECT * FROM message WHERE conversation_id = ? AND seq > ? AND seq < ?
     ORDER BY seq ${forward ? 'ASC' : 'DESC'} LIMIT ?`,
    ...[conversationId, after, before, limit],
  );
}

function lastSeqOf(db: Database, conversationId: string): number {
  const sql = 'SELECT last_seq AS seq FROM conversation WHERE conversation_id = ?';
  return db.get<{ seq: number }>(sql, conversationId)?.seq ?? 0;
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
