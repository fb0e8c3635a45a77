import { chmodSync } from 'node:fs';
import type { Position } from '@souk/event-channel';
import { newId } from '../ids.ts';
import { openDatabase } from '../sqlite.ts';
import type { Database } from '../sqlite.ts';
import { newKeyBytes, openWith, sealWith } from './personal.ts';
import type { Personal, PersonalKey, Sealed } from './personal.ts';

/** One key per person; who shreds it has erased everything that was sealed with it, wherever that is. */
export interface KeyStore {
  /** The file, for what has to commit together with a {@link KeyStore.shred}. */
  readonly db: Database;
  /** Seals a value for a person, who gets a key if there is none. The key is on the disk before this returns. */
  seal(person: string, value: unknown): Sealed;
  /**
   * The value; `undefined` when its person has been erased.
   * @param owner whose it is, where it was recorded in the clear; without one it is nobody's
   * @throws {SealBroken}
   */
  open<Value>(personal: Personal<Value>, owner?: string): Value | undefined;
  /**
   * As a read model may keep it: sealed, if it is somebody's. The same each time it is asked, so that a rebuilt read model
   * is the same as before. What was recorded in the clear of a person who has been erased is gone.
   * @param owner whose it is, where it was recorded in the clear; without one it is nobody's
   */
  keep<Value>(personal: Personal<Value>, owner?: string): Personal<Value>;
  /**
   * Erases a person: no file and no memory of ours has the key any more. Who comes again as the same person begins anew,
   * with another key.
   * @param request position of the request in its stream: one that has been met is not met again, so that reading requests
   * anew does not erase who has come again since
   */
  shred(person: string, request: Position): void;
  /** Who is erased and has not come again since. */
  erased(): readonly string[];
  close(): void;
}

/**
 * Opens a key store. Its file is no read model: who loses it has erased everybody. Several processes may have it open.
 * Keys are read from the file each time, never remembered, so that a shredded key is gone everywhere at once.
 */
export function openKeyStore({ file }: { readonly file: string }): KeyStore {
  const db = openDatabase({ file, migrations, shreds: true });
  chmodSync(file, 0o600);

  const keyOf = (person: string): PersonalKey | undefined =>
    db.get<PersonalKey>('SELECT id, person, key FROM person_key JOIN key_slot USING (slot) WHERE person = ?', person);
  const isErased = (person: string): boolean =>
    db.get('SELECT 1 AS found FROM erased_person WHERE person = ?', person) !== undefined;
  const keyFor = (person: string): PersonalKey => {
    const known = keyOf(person);
    if (known) return known;
    return db.transaction(() => {
      // Another process may have been faster.
      const theirs = keyOf(person);
      if (theirs) return theirs;
      const made: PersonalKey = { id: newId('k'), person, key: newKeyBytes() };
      const slot = db.run('INSERT INTO key_slot (key) VALUES (?)', made.key).lastInsertRowid;
      db.run('INSERT INTO person_key (id, person, slot) VALUES (?, ?, ?)', made.id, person, slot);
      return made;
    });
  };

  return {
    db,
    seal: (person, value) => sealWith(keyFor(person), value),
    open<Value>(personal: Personal<Value>, owner?: string) {
      if ('plain' in personal) return owner !== undefined && isErased(owner) ? undefined : personal.plain;
      const sql = 'SELECT key FROM person_key JOIN key_slot USING (slot) WHERE id = ?';
      const row = db.get<{ key: Uint8Array }>(sql, personal.key);
      return row && (openWith(row.key, personal) as Value);
    },
    keep(personal, owner) {
      if (!('plain' in personal) || owner === undefined) return personal;
      // A key that nobody has.
      if (isErased(owner)) return { sealed: 'v1', person: owner, key: 'shredded', iv: '', data: '' };
      // It stands in the log in the clear, so it does not matter that equal values are seen to be equal.
      return sealWith(keyFor(owner), personal.plain, { repeatable: true });
    },
    shred(person, request) {
      db.transaction(() => {
        const last = db.get<{ request: number }>('SELECT request FROM erased_person WHERE person = ?', person);
        if (last && last.request >= request) return;
        const own = 'SELECT slot FROM person_key WHERE person = ?';
        db.run(`UPDATE key_slot SET key = zeroblob(length(key)) WHERE slot IN (${own})`, person);
        db.run('DELETE FROM person_key WHERE person = ?', person);
        db.run('INSERT OR REPLACE INTO erased_person (person, request) VALUES (?, ?)', person, request);
      });
    },
    erased: () =>
      db
        .all<{ person: string }>('SELECT person FROM erased_person WHERE person NOT IN (SELECT person FROM person_key)')
        .map(({ person }) => person),
    close: () => db.close(),
  };
}

/**
 * Keys lie in rows of one size that are only ever appended, and are overwritten where they lie: so SQLite never moves one.
 * What it moves (when it balances a tree) it leaves behind in the unused part of pages, whatever `secure_delete` says.
 */
const migrations = [
  `CREATE TABLE key_slot (slot INTEGER PRIMARY KEY, key BLOB NOT NULL CHECK (length(key) = 32)) STRICT;
   CREATE TABLE person_key (id TEXT PRIMARY KEY, person TEXT NOT NULL UNIQUE, slot INTEGER NOT NULL) STRICT;
   CREATE TABLE erased_person (person TEXT PRIMARY KEY, request INTEGER NOT NULL) STRICT;`,
];
