import { DatabaseSync } from 'node:sqlite';

/**
 * What the tables of a database file say, row by row in the order that the file keeps, as text to compare. A full-text
 * table shows its words and where they stand: the pages that it keeps them in depend on how the events came in batches.
 * @param tables those of one read model. @default all but the kit's own
 */
export function dumpOf(file: string, tables?: readonly string[]): string {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const known = db
      .prepare(`SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')`)
      .all()
      .filter(({ name }) => tables?.includes(String(name)) ?? !/^(souk|sqlite)_/.test(String(name)));
    const lines = known
      .toSorted((a, b) => (String(a['name']) < String(b['name']) ? -1 : 1))
      .flatMap(({ name, type }) => [`-- ${String(name)}`, ...rowsOf(db, String(name), type === 'virtual')]);
    return lines.join('\n');
  } finally {
    db.close();
  }
}

function rowsOf(db: DatabaseSync, table: string, isFullText: boolean): string[] {
  if (isFullText) db.exec(`CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, "${table}", instance)`);
  const from = isFullText ? 'temp.words ORDER BY term, doc, col, offset' : `"${table}"`;
  const rows = db.prepare(`SELECT * FROM ${from}`).all();
  if (isFullText) db.exec('DROP TABLE temp.words');
  return rows.map((row) => JSON.stringify(Object.values(row)));
}
