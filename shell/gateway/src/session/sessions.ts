import { createHash } from 'node:crypto';
import type { Database } from '@souk/service-kit';
import type { SessionKind } from './cookie.ts';

/** Tables of `shell.db`. */
export const shellMigrations: readonly string[] = [
  `CREATE TABLE staff_session (
     id_hash TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     expires_at TEXT NOT NULL
   ) STRICT`,
  // Customers sign in as well: one table for both. Who of the staff was signed in does so again.
  `DROP TABLE staff_session;
   CREATE TABLE session (
     id_hash TEXT PRIMARY KEY,
     public_id TEXT NOT NULL UNIQUE,
     kind TEXT NOT NULL,
     holder_id TEXT NOT NULL,
     shopper_id TEXT NOT NULL,
     name TEXT NOT NULL,
     device TEXT NOT NULL,
     opened_at INTEGER NOT NULL,
     seen_at INTEGER NOT NULL,
     expires_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX session_by_holder ON session (holder_id);
   CREATE TABLE ended_guest (id_hash TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;`,
];

/** Somebody who signed in. */
export interface SignedIn {
  readonly kind: Exclude<SessionKind, 'guest'>;
  /** The customer, or the member of the staff. */
  readonly holderId: string;
  /** Whose cart, orders and messages the session has. */
  readonly shopperId: string;
  /** Of a member of the staff, as it was typed; `''` of a customer. */
  readonly name: string;
  /** What the session runs on, in words. */
  readonly device: string;
}

/** A session as its holder is told of it. Times are milliseconds since 1970. */
export interface OpenSession extends SignedIn {
  readonly publicId: string;
  readonly openedAt: number;
  /** To within {@link seenEveryMs}. */
  readonly seenAt: number;
}

/** How exactly it is kept when a session was last seen. */
const seenEveryMs = 60_000;

/** How long a session lasts, whatever its cookie says: one of staff from the sign-in on, a customer's from when it was last seen. */
const lifetimeMs = { staff: 12 * 60 * 60_000, customer: 30 * 24 * 60 * 60_000 };

/** Who is signed in: kept on the server, so that signing out, and revoking from elsewhere, really end a session. */
export interface Sessions {
  open(id: string, publicId: string, who: SignedIn): void;
  /** Undefined when it is over. Notes that it was seen. */
  find(id: string): OpenSession | undefined;
  /** The same, by its public name, and without a note. */
  isOpen(publicId: string): boolean;
  /** What somebody has open, the one seen last first. */
  of(holderId: string): readonly OpenSession[];
  close(publicId: string): void;
  /** Remembers that a guest signed in: from here on its cookie is worth nothing. */
  endGuest(id: string): void;
  isEndedGuest(id: string): boolean;
}

/** The file keeps a hash of each id: who reads it cannot act as anybody. */
export const openSessions = (db: Database, clock: () => Date): Sessions => {
  const now = () => clock().getTime();
  const columns = `public_id AS publicId, kind, holder_id AS holderId, shopper_id AS shopperId, name, device,
    opened_at AS openedAt, seen_at AS seenAt`;

  return {
    open(id, publicId, { kind, holderId, shopperId, name, device }) {
      const at = now();
      db.run('DELETE FROM session WHERE expires_at <= ?', at);
      const sql = 'INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
      db.run(sql, hash(id), publicId, kind, holderId, shopperId, name, device, at, at, at + lifetimeMs[kind]);
    },
    find(id) {
      const at = now();
      const sql = `SELECT ${columns} FROM session WHERE id_hash = ? AND expires_at > ?`;
      const found = db.get<OpenSession>(sql, hash(id), at);
      if (found && at - found.seenAt >= seenEveryMs) {
        db.run('UPDATE session SET seen_at = ? WHERE id_hash = ?', at, hash(id));
        const until = at + lifetimeMs.customer;
        if (found.kind === 'customer') db.run('UPDATE session SET expires_at = ? WHERE id_hash = ?', until, hash(id));
      }
      return found;
    },
    isOpen: (publicId) =>
      db.get('SELECT 1 AS found FROM session WHERE public_id = ? AND expires_at > ?', publicId, now()) !== undefined,
    of: (holderId) =>
      db.all<OpenSession>(
        `SELECT ${columns} FROM session WHERE holder_id = ? AND expires_at > ? ORDER BY seen_at DESC, opened_at DESC`,
        ...[holderId, now()],
      ),
    close(publicId) {
      db.run('DELETE FROM session WHERE public_id = ?', publicId);
    },
    endGuest(id) {
      db.run('INSERT OR IGNORE INTO ended_guest VALUES (?)', hash(id));
    },
    isEndedGuest: (id) => db.get('SELECT 1 AS found FROM ended_guest WHERE id_hash = ?', hash(id)) !== undefined,
  };
};

const hash = (id: string): string => createHash('sha256').update(id).digest('base64url');
