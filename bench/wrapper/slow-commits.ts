import { DatabaseSync } from 'node:sqlite';

/**
 * Opens something on a database whose every `COMMIT` takes longer: what a disk does that syncs slower, as the thread stands
 * still meanwhile like in `fdatasync`. Of statements that are prepared while it opens.
 * @param slowerMs how much longer, milliseconds; 0 changes nothing
 */
export function slowCommits<Opened>(slowerMs: number, open: () => Opened): Opened {
  if (slowerMs === 0) return open();
  const { prepare } = DatabaseSync.prototype;
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql: string) {
    const statement = prepare.call(this, sql);
    if (sql !== 'COMMIT') return statement;
    const run = statement.run.bind(statement);
    return Object.assign(statement, {
      run: (...values: Parameters<typeof run>) => {
        const result = run(...values);
        wait(slowerMs);
        return result;
      },
    });
  };
  try {
    return open();
  } finally {
    DatabaseSync.prototype.prepare = prepare;
  }
}

const cell = new Int32Array(new SharedArrayBuffer(4));

/** Stands still. */
export function wait(ms: number): void {
  if (ms > 0) Atomics.wait(cell, 0, 0, ms);
}
