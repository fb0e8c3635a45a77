/**
 * The copy has the table that the query process reads, as the log of the sqlite channel has it, with positions of its own:
 * those of another channel are counted in each stream alone, and stand beside as `stream_position`. `copied` says how far each stream is in it.
 */
export const copyMigrations: readonly string[] = [
  `CREATE TABLE event (
     position INTEGER PRIMARY KEY AUTOINCREMENT,
     stream   TEXT NOT NULL,
     subject  TEXT NOT NULL,
     event    TEXT NOT NULL
   ) STRICT;
   CREATE INDEX event_by_type ON event (event ->> '$.type');
   CREATE INDEX event_by_stream ON event (stream, position);
   CREATE TABLE copied (
     stream   TEXT PRIMARY KEY,
     position INTEGER NOT NULL,
     id       TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;`,
  // The past of a read model needs the positions of its streams: everything is copied anew.
  `DELETE FROM event;
   DELETE FROM copied;
   DELETE FROM sqlite_sequence WHERE name = 'event';
   ALTER TABLE event ADD COLUMN stream_position INTEGER NOT NULL DEFAULT 0;`,
];
