import { createHash } from 'node:crypto';
import type { Database } from '@souk/service-kit';

/** Tables of `shell.db`. */
export const shellMigrations: readonly string[] = [
  `CREATE TABLE staff_session (
     id_hash TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     expires_at TEXT NOT NULL
   ) STRICT`,
];

/** A staff member's session lasts this long, whatever the cookie says. */
const lifetimeMs = 12 * 60 * 60 * 1000;

/** Which staff cookies are alive: kept on the server, so that signing out really ends a session. */
export interface StaffSessions {
  open(id: string, name: string): void;
  isOpen(id: string): boolean;
  /** The name given at the sign-in, while the session goes on. */
  nameOf(id: string): string | undefined;
  close(id: string): void;
}

/** The file keeps a hash of each id: who reads it cannot act as staff. */
export const staffSessions = (db: Database, clock: () => Date): StaffSessions => {
  const nameOf = (id: string): string | undefined => {
    const sql = 'SELECT name FROM staff_session WHERE id_hash = ? AND expires_at > ?';
    return db.get<{ name: string }>(sql, hash(id), clock().toISOString())?.name;
  };
  return {
    open(id, name) {
      const now = clock().getTime();
      db.run('DELETE FROM staff_session WHERE expires_at <= ?', new Date(now).toISOString());
      db.run('INSERT INTO staff_session VALUES (?, ?, ?)', hash(id), name, new Date(now + lifetimeMs).toISOString());
    },
    nameOf,
    isOpen: (id) => nameOf(id) !== undefined,
    close(id) {
      db.run('DELETE FROM staff_session WHERE id_hash = ?', hash(id));
    },
  };
};

const hash = (id: string): string => createHash('sha256').update(id).digest('base64url');
