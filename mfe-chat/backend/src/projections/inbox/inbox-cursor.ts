import { Invalid } from '@souk/service-kit';

/** Where a page of the inbox ends, in its order: who waits longest, then the latest. */
interface Place {
  readonly waiting_since: string | null;
  readonly last_at: string;
  readonly conversation_id: string;
}

/** The cursor behind a row; opaque to who carries it. */
export function cursorOf({ waiting_since, last_at, conversation_id }: Place): string {
  return Buffer.from(JSON.stringify([waiting_since, last_at, conversation_id])).toString('base64url');
}

/**
 * Everything behind a cursor, as SQL; without a cursor everything.
 * @throws {Invalid} `bad-cursor`
 */
export function readCursor(cursor: string | undefined): { where: string; values: Readonly<Record<string, string>> } {
  if (cursor === undefined) return { where: 'TRUE', values: {} };
  const [waiting, lastAt, id] = parse(cursor);
  if (typeof lastAt !== 'string' || typeof id !== 'string') throw badCursor();
  const later = '(last_at < :lastAt OR (last_at = :lastAt AND conversation_id > :id))';
  if (waiting === null) return { where: `waiting_since IS NULL AND ${later}`, values: { lastAt, id } };
  if (typeof waiting !== 'string') throw badCursor();
  return {
    where: `(waiting_since IS NULL OR waiting_since > :waiting OR (waiting_since = :waiting AND ${later}))`,
    values: { waiting, lastAt, id },
  };
}

function parse(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch (cause) {
    throw badCursor(cause);
  }
}

function badCursor(cause?: unknown): Invalid {
  const errors = [{ pointer: '/query/after', detail: 'not the `next` of a page' }];
  return new Invalid('bad-cursor', 'This is not where a page begins.', { errors, ...(cause ? { cause } : {}) });
}
