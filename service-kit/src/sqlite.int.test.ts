import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DatabaseTooNew, openDatabase } from './sqlite.ts';
import type { Database } from './sqlite.ts';

let folder: string;
let open: Database[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'souk-kit-'));
  open = [];
});
afterEach(() => {
  for (const db of open) db.close();
  rmSync(folder, { recursive: true });
});

const table = 'CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL)';
const opened = (...migrations: string[]): Database => {
  const db = openDatabase({ file: join(folder, 'deep/er/test.db'), migrations });
  open.push(db);
  return db;
};

describe('openDatabase', () => {
  test('makes file and folder, in WAL mode with foreign keys on', () => {
    const db = opened(table);
    expect(db.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
    expect(db.get('PRAGMA synchronous')).toEqual({ synchronous: 1 });
    expect(db.get('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 });
  });

  test('takes an older file through the missing steps and keeps what is in it', () => {
    const before = opened(table);
    before.run('INSERT INTO thing (name) VALUES (?)', 'kept');
    before.close();
    const after = opened(table, "ALTER TABLE thing ADD COLUMN colour TEXT DEFAULT 'red'");
    expect(after.all('SELECT name, colour FROM thing')).toEqual([{ name: 'kept', colour: 'red' }]);
    expect(after.get('PRAGMA user_version')).toEqual({ user_version: 2 });
  });

  test('leaves a file as it was when a step fails', () => {
    opened(table).close();
    expect(() => opened(table, 'CREATE TABLE other (id); CREATE TABLE broken (')).toThrow('incomplete input');
    const db = opened(table);
    expect(db.get("SELECT name FROM sqlite_schema WHERE name = 'other'")).toBeUndefined();
    expect(db.get('PRAGMA user_version')).toEqual({ user_version: 1 });
  });

  test('refuses a file of a later version', () => {
    opened(table, 'SELECT 1').close();
    expect(() => opened(table)).toThrow(DatabaseTooNew);
  });

  test('lets a migration reset the progress of a projection on a new file too', () => {
    expect(() => opened("DELETE FROM souk_checkpoint WHERE name = 'x'")).not.toThrow();
  });

  test('may be closed twice', () => {
    const db = opened(table);
    db.close();
    expect(() => db.close()).not.toThrow();
  });
});

describe('a transaction', () => {
  test('changes a full-text index as often as needed, whatever ids the index gives its own rows', () => {
    const db = opened("CREATE VIRTUAL TABLE words USING fts5 (text, content = '', contentless_delete = 1)");
    for (let round = 1; round <= 3; round++) {
      db.transaction(() => {
        for (let id = 1; id <= 3; id++) {
          db.run('DELETE FROM words WHERE rowid = ?', id);
          db.run('INSERT INTO words (rowid, text) VALUES (?, ?)', id, `lamp round${round}`);
        }
      });
    }
    expect(db.get("SELECT count(*) AS count FROM words WHERE words MATCH 'round3'")).toEqual({ count: 3 });
    expect(db.get("SELECT count(*) AS count FROM words WHERE words MATCH 'lamp'")).toEqual({ count: 3 });
  });

  test('keeps all of it and returns what the work returns', () => {
    const db = opened(table);
    const id = db.transaction(() => db.run('INSERT INTO thing (name) VALUES (?)', 'a').lastInsertRowid);
    expect(db.get('SELECT name FROM thing WHERE id = ?', id)).toEqual({ name: 'a' });
  });

  test('keeps nothing when the work throws', () => {
    const db = opened(table);
    const failing = () =>
      db.transaction(() => {
        db.run('INSERT INTO thing (name) VALUES (?)', 'a');
        throw new Error('no');
      });
    expect(failing).toThrow('no');
    expect(db.all('SELECT * FROM thing')).toEqual([]);
    expect(db.transaction(() => 'still usable')).toBe('still usable');
  });

  test('inside another takes back only its own part', () => {
    const db = opened(table);
    db.transaction(() => {
      db.run('INSERT INTO thing (name) VALUES (?)', 'outer');
      expect(() =>
        db.transaction(() => {
          db.run('INSERT INTO thing (name) VALUES (?)', 'inner');
          throw new Error('no');
        }),
      ).toThrow('no');
    });
    expect(db.all('SELECT name FROM thing')).toEqual([{ name: 'outer' }]);
  });

  test('refuses work that is not synchronous', () => {
    const db = opened(table);
    expect(() => db.transaction(async () => db.run("INSERT INTO thing (name) VALUES ('a')"))).toThrow('synchronous');
    expect(db.all('SELECT * FROM thing')).toEqual([]);
  });
});

test('a query may run while another one of the same text is still being read', () => {
  const db = opened(table);
  for (const name of ['a', 'b', 'c']) db.run('INSERT INTO thing (name) VALUES (?)', name);
  const pairs: string[] = [];
  const sql = 'SELECT name FROM thing ORDER BY id';
  for (const outer of db.iterate<{ name: string }>(sql)) {
    for (const inner of db.iterate<{ name: string }>(sql)) pairs.push(outer.name + inner.name);
  }
  expect(pairs.join(' ')).toBe('aa ab ac ba bb bc ca cb cc');
});
