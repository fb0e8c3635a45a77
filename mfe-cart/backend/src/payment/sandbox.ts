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
  readonly operation: 'authorize' | 'capture' | 'void';
  readonly amountCents: number;
}

/**
 * A payment provider that lives in a file and knows the test cards. The ledger's keys and indexes make a second
 * charge impossible, not merely unlikely: one authorization and one ending per key, one capture per order.
 */
export function sandboxPayments(options: SandboxOptions): PaymentProvider & { ledger(): LedgerEntry[] } {
  const db = openDatabase({ file: options.file, migrations });
  // What is forgotten is overwritten, not only let go of.
  db.exec('PRAGMA secure_delete = ON');
  const now = () => options.clock().toISOString();

  return {
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
      if (behaviour !== 'succeeds')
        return { type: 'declined', reason: behaviour === 'declined' ? 'card-declined' : behaviour };
      return db.transaction((): Authorization => {
        if (has(db, key, 'void')) return { type: 'declined', reason: 'card-declined' };
        db.run("INSERT OR IGNORE INTO ledger VALUES (?, 'authorize', ?, ?, ?)", key, orderOf(key), amountCents, now());
        return { type: 'authorized', authorizationId: `auth_${key.replace('#', '_')}` };
      });
    },

    async capture(key, amountCents) {
      return db.transaction(() => {
        if (has(db, key, 'capture')) return true;
        if (!has(db, key, 'authorize') || has(db, key, 'void')) return false;
        db.run("INSERT INTO ledger VALUES (?, 'capture', ?, ?, ?)", key, orderOf(key), amountCents, now());
        return true;
      });
    },

    async voidAuthorization(key) {
      db.transaction(() => {
        if (!has(db, key, 'capture'))
          db.run("INSERT OR IGNORE INTO ledger VALUES (?, 'void', ?, 0, ?)", key, orderOf(key), now());
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
];

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
