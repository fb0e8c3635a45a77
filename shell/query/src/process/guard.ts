import { constants } from 'node:sqlite';
import type { DatabaseSync } from 'node:sqlite';
import { allowedFunctions, allowedTableFunctions } from './allowed-functions.ts';

/** A table that may be read, but only through its view. */
export interface GuardedView {
  readonly view: string;
  readonly table: string;
  /** The read model that it is of. */
  readonly model?: string;
}

/** What a guard saw while a statement was prepared. */
export interface Guard {
  /** The first thing that was refused, for people. */
  readonly refused: string | undefined;
  /** Views that the statement reads. */
  readonly views: ReadonlySet<string>;
}

const { SQLITE_OK, SQLITE_DENY, SQLITE_SELECT, SQLITE_READ, SQLITE_FUNCTION, SQLITE_RECURSIVE } = constants;

/** What people call the actions that are refused most; all others are "this". */
const actionNames: Readonly<Record<number, string>> = {
  [constants.SQLITE_ATTACH]: 'ATTACH or VACUUM',
  [constants.SQLITE_DETACH]: 'DETACH',
  [constants.SQLITE_PRAGMA]: 'PRAGMA',
  [constants.SQLITE_TRANSACTION]: 'a transaction',
  [constants.SQLITE_SAVEPOINT]: 'a savepoint',
  [constants.SQLITE_INSERT]: 'INSERT',
  [constants.SQLITE_UPDATE]: 'UPDATE',
  [constants.SQLITE_DELETE]: 'DELETE',
};

/**
 * From now on the connection takes nothing but reading, by allowed functions, through the views. A table behind a view
 * is open only where SQLite reads it on behalf of that view.
 */
export function putGuard(database: DatabaseSync, views: readonly GuardedView[]): Guard {
  const names = new Set(views.map(({ view }) => view));
  const open = new Set(views.map(({ view, table }) => `${view} ${table}`));
  const tables = new Set(views.map(({ table }) => table));
  const used = new Set<string>();
  let refused: string | undefined;
  const refuse = (what: string) => {
    refused ??= what;
    return SQLITE_DENY;
  };

  database.setAuthorizer((action, first, second, _database, via) => {
    switch (action) {
      case SQLITE_SELECT:
        return SQLITE_OK;
      case SQLITE_READ: {
        const table = (first ?? '').toLowerCase();
        if (names.has(table)) used.add(table);
        else if (via !== null && open.has(`${via.toLowerCase()} ${table}`)) used.add(via.toLowerCase());
        // Rows without a column, such as to count them: SQLite does not tell for which view, and they say nothing.
        else if (second === '' && tables.has(table)) return SQLITE_OK;
        else if (!allowedTableFunctions.has(table)) return refuse(`the table "${first}" is not open to queries`);
        return SQLITE_OK;
      }
      case SQLITE_FUNCTION:
        if (allowedFunctions.has((second ?? '').toLowerCase())) return SQLITE_OK;
        return refuse(`the function "${second}" is not open to queries`);
      case SQLITE_RECURSIVE:
        return refuse('a recursive query may run for ever, so none is allowed');
      default:
        return refuse(`${actionNames[action] ?? 'this'} is not allowed: a query can only read`);
    }
  });
  return {
    get refused() {
      return refused;
    },
    views: used,
  };
}
