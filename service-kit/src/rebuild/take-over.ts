import type { Position, StreamName } from '@souk/event-channel';
import { DatabaseSync } from 'node:sqlite';

export interface TakeOverOptions {
  /** File with the new tables; nobody has it open. */
  readonly from: string;
  /** File that serves; has the same schema. */
  readonly into: string;
  readonly tables: readonly string[];
  /** Whose checkpoint it is. */
  readonly name: string;
  readonly positions: ReadonlyMap<StreamName, Position>;
}

/**
 * Replaces the rows of some tables by those of another file, and the checkpoint with them, in one transaction: readers,
 * also of other processes, see all of the old or all of the new. By a connection of its own: a full-text table notices
 * only what others change under it.
 * @throws when there is no room; then nothing has changed
 */
export function takeOver({ from, into, tables, name, positions }: TakeOverOptions): void {
  const connection = new DatabaseSync(into, {
    ...{ timeout: 5000, enableForeignKeyConstraints: false, defensive: false },
  });
  try {
    // What was erased must not stay in the free pages; and the checkpoint comes when all is done, not in between.
    connection.exec('PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 0');
    connection.prepare('ATTACH ? AS rebuilt').run(from);
    connection.exec('BEGIN IMMEDIATE');
    try {
      for (const table of tables.flatMap((each) => storedIn(connection, each))) {
        connection.exec(`DELETE FROM main.${quoted(table)};
          INSERT INTO main.${quoted(table)} SELECT * FROM rebuilt.${quoted(table)}`);
      }
      connection.prepare('DELETE FROM main.souk_checkpoint WHERE name = ?').run(name);
      const insert = connection.prepare('INSERT INTO main.souk_checkpoint (name, stream, position) VALUES (?, ?, ?)');
      for (const [stream, position] of positions) insert.run(name, stream, position);
      connection.exec('COMMIT');
    } catch (error) {
      if (connection.isTransaction) connection.exec('ROLLBACK');
      throw error;
    }
    // Frees the room that the change took, unless somebody reads; then a later one does.
    connection.exec('PRAGMA busy_timeout = 0; PRAGMA main.wal_checkpoint(TRUNCATE)');
  } finally {
    connection.close();
  }
}

/** The tables that hold the rows: a full-text table is kept in several others. */
function storedIn(connection: DatabaseSync, table: string): string[] {
  const found = connection.prepare('SELECT type FROM pragma_table_list WHERE schema = ? AND name = ?');
  const type = found.get('main', table)?.['type'];
  if (type === undefined) throw new TypeError(`there is no table "${table}"`);
  if (type !== 'virtual') return [table];
  const shadows = connection.prepare(
    `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow' AND substr(name, 1, ?) = ?`,
  );
  return shadows.all(table.length + 1, `${table}_`).map(({ name }) => String(name));
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
