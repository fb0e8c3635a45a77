import { openDatabase } from '@souk/service-kit';
import type { AuthorizeRequest, DeclineReason } from '../payment-provider.ts';

/** How far a payment has come; it only ever goes down this list, in whatever order the news arrives. */
const STATES = ['asked', 'action-required', 'declined', 'authorized', 'captured', 'cancelled', 'refunded'] as const;

export type PaymentState = (typeof STATES)[number];

/** One payment as we know it: what was asked, and what Stripe has said to it. */
export interface Payment extends AuthorizeRequest {
  readonly state: PaymentState;
  /** Of the PaymentIntent; unknown until Stripe has answered. */
  readonly intentId: string | null;
  readonly reason: DeclineReason | null;
  /** Nothing may be held or taken under this key any more. */
  readonly isClosed: boolean;
  /** Seconds since 1970; 0 when it was closed before it was asked for. */
  readonly askedAt: number;
}

/** What is news of a payment. */
export interface News {
  readonly state: PaymentState;
  readonly intentId?: string;
  readonly reason?: Payment['reason'];
}

/** The shop's own books about its payments at Stripe. Not a projection, so never dropped. */
export interface PaymentBook {
  get(key: string): Payment | undefined;
  keyOf(intentId: string): string | undefined;
  /** Remembers what will be asked, before it is; the first time counts. */
  ask(request: AuthorizeRequest, askedAt: number): void;
  /** Takes news in; what is older than what is known changes nothing. */
  note(key: string, news: News): void;
  /** Also one that was never asked for: who asks later is told that it is closed. */
  close(key: string): void;
  /** The shopper whose card this is: the first who came with it. */
  ownerOf(token: string, shopperId: string): string;
  /** Deletes whose the shopper's cards are. */
  forget(shopperId: string): void;
  isSeen(eventId: string): boolean;
  seen(eventId: string): void;
  end(): void;
}

interface PaymentRow extends Omit<Payment, 'isClosed' | 'state'> {
  readonly rank: number;
  readonly closed: number;
}

const migrations = [
  `CREATE TABLE payments (key TEXT PRIMARY KEY, token TEXT NOT NULL, amount_cents INTEGER NOT NULL,
     currency TEXT NOT NULL, asked_at INTEGER NOT NULL, intent_id TEXT UNIQUE, rank INTEGER NOT NULL DEFAULT 0,
     reason TEXT, closed INTEGER NOT NULL DEFAULT 0) STRICT;
   CREATE TABLE cards (token TEXT PRIMARY KEY, shopper_id TEXT NOT NULL) STRICT;
   CREATE TABLE webhook_events (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;`,
  // `action-required` came in behind `asked`.
  `UPDATE payments SET rank = rank + 1 WHERE rank >= 1;`,
];

const SELECT = `SELECT key, token, amount_cents AS "amountCents", currency, asked_at AS "askedAt",
                  intent_id AS "intentId", rank, reason, closed FROM payments`;

/** Opens the books. @param file its own; what it says cannot be told from the log */
export function paymentBook(file: string): PaymentBook {
  const db = openDatabase({ file, migrations });
  // It remembers that something was asked before it is: that must outlive a power loss.
  db.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');

  return {
    get(key) {
      const row = db.get<PaymentRow>(`${SELECT} WHERE key = ?`, key);
      if (row === undefined) return undefined;
      const { rank, closed, ...rest } = row;
      return { ...rest, state: STATES[rank]!, isClosed: closed === 1 };
    },
    keyOf: (intentId) => db.get<{ key: string }>('SELECT key FROM payments WHERE intent_id = ?', intentId)?.key,
    ask({ key, token, amountCents, currency }, askedAt) {
      const sql =
        'INSERT OR IGNORE INTO payments (key, token, amount_cents, currency, asked_at) VALUES (?, ?, ?, ?, ?)';
      db.run(sql, key, token, amountCents, currency, askedAt);
    },
    note(key, { state, intentId = null, reason = null }) {
      const rank = STATES.indexOf(state);
      const sql = `UPDATE payments SET intent_id = coalesce(intent_id, ?),
                     reason = CASE WHEN rank < ? THEN coalesce(?, reason) ELSE reason END, rank = max(rank, ?) WHERE key = ?`;
      db.run(sql, intentId, rank, reason, rank, key);
    },
    close(key) {
      const sql = `INSERT INTO payments (key, token, amount_cents, currency, asked_at, closed) VALUES (?, '', 0, '', 0, 1)
                   ON CONFLICT (key) DO UPDATE SET closed = 1`;
      db.run(sql, key);
    },
    ownerOf(token, shopperId) {
      db.run('INSERT OR IGNORE INTO cards (token, shopper_id) VALUES (?, ?)', token, shopperId);
      return db.get<{ owner: string }>('SELECT shopper_id AS owner FROM cards WHERE token = ?', token)!.owner;
    },
    forget(shopperId) {
      db.run('DELETE FROM cards WHERE shopper_id = ?', shopperId);
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
    isSeen: (id) => db.get('SELECT 1 AS one FROM webhook_events WHERE id = ?', id) !== undefined,
    seen: (id) => void db.run('INSERT OR IGNORE INTO webhook_events (id) VALUES (?)', id),
    end: () => db.close(),
  };
}
