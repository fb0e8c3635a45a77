import type { HandlerErrorListener } from './handler-error.ts';
import type { Position, Recorded, StreamName, Subject, SubjectFilter } from '../port.ts';
import { pageSize, toRecorded } from './reader.ts';
import type { Signal } from './signal.ts';
import type { Page, Row, Store } from './store.ts';

/** The part of a log that one consumer reads, on an adapter that answers at once or one that answers later. */
export interface ConsumerLog {
  /** Reads forward what matches the consumer's filter, beginning in a later turn. */
  cursor(options: CursorOptions): LogCursor;
  /** Events of one subject, from a bounded look at the log. An answer that comes later must come: it never rejects. */
  page(subject: Subject, from: Position, to: Position, limit: number): Page | Promise<Page>;
}

export interface CursorOptions {
  readonly from: Position;
  /** There may be a next event now. */
  resume(): void;
  /** What came next does not match; the position has moved all the same. */
  passedOver(): void;
}

/** Reads a log forward without waiting, one page per event-loop turn, so that a long catch-up leaves room for others. */
export interface LogCursor {
  /** First position that was not handed out or passed over. */
  readonly position: Position;
  /** The next event, or `undefined` when there is none at present; `resume` is called if there may be one next turn. */
  next(): Recorded | undefined;
  stop(): void;
}

/** How long until a read that failed is tried again, in milliseconds. */
const againAfterMs = 1_000;

/**
 * A store as a consumer with this filter sees it. What cannot be read is told and tried again: a consumer has nobody to
 * throw at, may not skip anything, and must not end the process of all the others.
 */
export function storeLog(
  store: Store,
  grown: Signal<StreamName>,
  onHandlerError: HandlerErrorListener,
  { stream, filter }: { readonly stream: StreamName; readonly filter: SubjectFilter },
): ConsumerLog {
  const cannotRead = (error: unknown) => onHandlerError(error, { subject: filter, name: 'log' });
  let stopped = false;

  const page: ConsumerLog['page'] = (subject, from, to, limit) => {
    try {
      return store.page({ stream, filter: subject, from, to, limit });
    } catch (error) {
      cannotRead(error);
      return new Promise((resolve) => {
        const again = () => void (stopped || resolve(page(subject, from, to, limit)));
        setTimeout(again, againAfterMs).unref();
      });
    }
  };

  return {
    page,
    cursor(options) {
      const cursor = createLogCursor(store, stream, filter, cannotRead, options);
      const stopListening = grown.listen(stream, () => options.resume());
      return {
        get position() {
          return cursor.position;
        },
        next: () => cursor.next(),
        stop() {
          stopped = true;
          stopListening();
          cursor.stop();
        },
      };
    },
  };
}

function createLogCursor(
  store: Store,
  stream: StreamName,
  filter: SubjectFilter,
  cannotRead: (error: unknown) => void,
  { from, resume, passedOver }: CursorOptions,
): LogCursor {
  let position = from;
  let rows: readonly Row[] = [];
  let index = 0;
  let afterPage = from;
  let turn: NodeJS.Immediate | undefined;
  let again: NodeJS.Timeout | undefined;

  return {
    get position() {
      return position;
    },
    next() {
      if (index === rows.length && !readPage()) return undefined;
      const row = rows[index++] as Row;
      position = index === rows.length ? afterPage : row.position + 1;
      return toRecorded(stream, row);
    },
    stop() {
      clearImmediate(turn);
      clearTimeout(again);
    },
  };

  function readPage(): boolean {
    if (turn || again) return false;
    const page = nextPage();
    if (!page) return false;
    turn = setImmediate(() => {
      turn = undefined;
      resume();
    });
    rows = page.rows;
    index = 0;
    afterPage = page.next;
    if (rows.length > 0) return true;
    position = afterPage;
    passedOver();
    return false;
  }

  function nextPage(): Page | undefined {
    try {
      const to = store.lastPosition(stream);
      return afterPage > to ? undefined : store.page({ stream, filter, from: afterPage, to, limit: pageSize });
    } catch (error) {
      again = setTimeout(() => {
        again = undefined;
        resume();
      }, againAfterMs).unref();
      cannotRead(error);
      return undefined;
    }
  }
}
