import { randomBytes } from 'node:crypto';
import { openDatabase } from '@souk/service-kit';
import type { Database } from '@souk/service-kit';
import { behaviourOf, brandOf, digitsOf, passesLuhn } from './cards.ts';
import type { Behaviour } from './cards.ts';
import { CardRefused } from './payment-provider.ts';
import type { Authorization, PaymentProvider } from './payment-provider.ts';

interface TokenRow {
  readonly token: string;
  readonly brand: string;
  readonly last4: string;
  readonly behaviour: Behaviour;
}

export interface SandboxOptions {
  /** The provider's own file: tokens and ledger. Not a projection, so never dropped. */
  readonly file: string;
  readonly clock: () => Date;
}

/** One line of the provider's books. */
export interface LedgerEntry {
  readonly key: string;
  readonly operation: 'authorize' | 'capture' | 'void' | 'refund';
  readonly amountCents: number;
}

/**
 * A payment provider that lives in a file and knows the test cards. The ledger's keys and indexes make a second
 * charge impossible, not merely unlikely: one authorization and one ending per key, one capture per order that stands.
 */
export function sandboxPayments(options: SandboxOptions): PaymentProvider & { ledger(): LedgerEntry[] } {
  const db = openDatabase({ file: options.file, migrations });
  // What is forgotten is overwritten, not only let go of.
  db.exec('PRAGMA secure_delete = ON');
  const now = () => options.clock().toISOString();
  /** How often was asked what gets no answer at first, by operation and key. */
  const asked = new Map<string, number>();
  const isSilent = (what: string, times: number) => {
    const before = asked.get(what) ?? 0;
    asked.set(what, before + 1);
    return before < times;
  };
  const behaviourUnder = (key: string) =>
    db.get<{ behaviour: Behaviour }>('SELECT behaviour FROM authorizations WHERE key = ?', key)?.behaviour;

  return {
    form: { kind: 'card-fields' },
    async tokenize(card, shopperId) {
      const digits = digitsOf(card.cardNumber);
      if (!passesLuhn(digits)) throw new CardRefused('card-number-invalid', 'cardNumber', 'Check the card number.');
      if (isOver(card.expiryYear, card.expiryMonth, options.clock()))
        throw new CardRefused('card-expired', 'expiryYear', 'This card has expired.');
      const behaviour = behaviourOf(digits);
      if (behaviour === undefined) {
        const message = 'This shop takes test cards only, such as 4242 4242 4242 4242. Never enter a real one.';
        throw new CardRefused('card-not-a-test-card', 'cardNumber', message);
      }
      const token = `tok_${randomBytes(16).toString('hex')}`;
      const [brand, last4] = [brandOf(digits), digits.slice(-4)];
      db.run('INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?)', token, shopperId, brand, last4, behaviour, now());
      return { token, brand, last4 };
    },

    async describe(token, shopperId) {
      const row = db.get<TokenRow>('SELECT * FROM tokens WHERE token = ? AND shopper_id = ?', token, shopperId);
      return row ? { token, brand: row.brand, last4: row.last4 } : null;
    },

    async authorize({ key, token, amountCents }, signal) {
      const behaviour = db.get<TokenRow>('SELECT * FROM tokens WHERE token = ?', token)?.behaviour ?? 'declined';
      if (behaviour === 'never-answers') return silence(signal);
      if (behaviour === 'answers-late' && isSilent(`authorize ${key}`, LATE_ASKS)) return silence(signal);
      if (behaviour === 'declined') return { type: 'declined', reason: 'card-declined' };
      if (behaviour === 'insufficient-funds') return { type: 'declined', reason: behaviour };
      return db.transaction((): Authorization => {
        if (has(db, key, 'void')) return { type: 'declined', reason: 'card-declined' };
        db.run('INSERT OR IGNORE INTO authorizations VALUES (?, ?)', key, behaviour);
        db.run(
          "INSERT OR IGNORE INTO ledger VALUES (?, 'authorize', ?, ?, ?, 1)",
          key,
          orderOf(key),
          amountCents,
          now(),
        );
        return { type: 'authorized', authorizationId: `auth_${key.replace('#', '_')}` };
      });
    },

    async capture(key, amountCents) {
      if (behaviourUnder(key) === 'gets-stuck') return false;
      return db.transaction(() => {
        if (has(db, key, 'refund')) return false;
        if (has(db, key, 'capture')) return true;
        if (!has(db, key, 'authorize') || has(db, key, 'void')) return false;
        db.run("INSERT INTO ledger VALUES (?, 'capture', ?, ?, ?, 1)", key, orderOf(key), amountCents, now());
        return true;
      });
    },

    async voidAuthorization(key, signal) {
      if (behaviourUnder(key) === 'gets-stuck' && isSilent(`void ${key}`, STUCK_ASKS)) return silence(signal);
      return db.transaction(() => {
        if (has(db, key, 'capture')) return false;
        db.run("INSERT OR IGNORE INTO ledger VALUES (?, 'void', ?, 0, ?, 1)", key, orderOf(key), now());
        return true;
      });
    },

    async refund(key, amountCents) {
      db.transaction(() => {
        if (!has(db, key, 'capture') || has(db, key, 'refund')) return;
        db.run("UPDATE ledger SET stands = 0 WHERE key = ? AND operation = 'capture'", key);
        db.run("INSERT INTO ledger VALUES (?, 'refund', ?, ?, ?, 1)", key, orderOf(key), amountCents, now());
      });
    },

    async forget(shopperId) {
      db.run('DELETE FROM tokens WHERE shopper_id = ?', shopperId);
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },

    ledger: () =>
      db.all<LedgerEntry>('SELECT key, operation, amount_cents AS "amountCents" FROM ledger ORDER BY rowid'),
    close: async () => db.close(),
  };
}

const migrations = [
  `CREATE TABLE tokens (token TEXT PRIMARY KEY, shopper_id TEXT NOT NULL, brand TEXT NOT NULL, last4 TEXT NOT NULL,
     behaviour TEXT NOT NULL, created_at TEXT NOT NULL) STRICT;
   CREATE TABLE ledger (key TEXT NOT NULL, operation TEXT NOT NULL CHECK (operation IN ('authorize', 'capture', 'void')),
     order_id TEXT NOT NULL, amount_cents INTEGER NOT NULL, at TEXT NOT NULL, UNIQUE (key, operation)) STRICT;
   CREATE UNIQUE INDEX one_ending ON ledger (key) WHERE operation IN ('capture', 'void');
   CREATE UNIQUE INDEX one_capture ON ledger (order_id) WHERE operation = 'capture';`,
  `ALTER TABLE ledger RENAME TO old_ledger;
   DROP INDEX one_ending; DROP INDEX one_capture;
   CREATE TABLE ledger (key TEXT NOT NULL,
     operation TEXT NOT NULL CHECK (operation IN ('authorize', 'capture', 'void', 'refund')),
     order_id TEXT NOT NULL, amount_cents INTEGER NOT NULL, at TEXT NOT NULL, stands INTEGER NOT NULL,
     UNIQUE (key, operation)) STRICT;
   INSERT INTO ledger SELECT key, operation, order_id, amount_cents, at, 1 FROM old_ledger ORDER BY rowid;
   DROP TABLE old_ledger;
   CREATE UNIQUE INDEX one_ending ON ledger (key) WHERE operation IN ('capture', 'void');
   CREATE UNIQUE INDEX one_capture ON ledger (order_id) WHERE operation = 'capture' AND stands = 1;
   CREATE TABLE authorizations (key TEXT PRIMARY KEY, behaviour TEXT NOT NULL) STRICT;`,
];

/** Asks that a card gets no answer to which `answers-late`; and that giving back gets none to for one that `gets-stuck`. */
const [LATE_ASKS, STUCK_ASKS] = [2, 7];

function has(db: Database, key: string, operation: LedgerEntry['operation']): boolean {
  return db.get('SELECT 1 AS one FROM ledger WHERE key = ? AND operation = ?', key, operation) !== undefined;
}

function orderOf(key: string): string {
  return key.slice(0, key.lastIndexOf('#'));
}

/** A card is good until the last day of its month. */
function isOver(year: number, month: number, now: Date): boolean {
  return Date.UTC(year, month, 1) <= now.getTime();
}

function silence(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
