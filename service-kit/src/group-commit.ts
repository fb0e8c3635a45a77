import type { Database } from './sqlite.ts';

/** Runs `work` in a transaction, together with what others ask for in the same turn of the event loop. */
export type GroupCommit = (work: () => void) => Promise<void>;

interface Waiting {
  readonly work: () => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One transaction per turn of the event loop instead of one per piece of work. Each piece is a savepoint of its own: what
 * throws takes nothing of the others with it.
 */
export function groupCommit(db: Database): GroupCommit {
  let waiting: Waiting[] = [];

  const flush = () => {
    if (db.lent) return void db.lent.then(flush);
    const group = waiting;
    waiting = [];
    const failures = new Map<Waiting, unknown>();
    try {
      db.transaction(() => {
        for (const one of group) {
          try {
            if (group.length === 1) one.work();
            else db.transaction(one.work);
          } catch (error) {
            if (group.length === 1) throw error;
            failures.set(one, error);
          }
        }
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    for (const one of group) {
      if (failures.has(one)) one.reject(failures.get(one));
      else one.resolve();
    }
  };

  return (work) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ work, resolve, reject });
    });
}
