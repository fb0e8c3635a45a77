import type { Position, Recorded, StreamName, SubjectFilter } from '../port.ts';
import { pageSize, toRecorded } from './reader.ts';
import type { Row, Store } from './store.ts';

/** Reads a log forward without waiting, one page per event-loop turn, so that a long catch-up leaves room for others. */
export interface LogCursor {
  /** First position that was not handed out or passed over. */
  readonly position: Position;
  /** The next event, or `undefined` when there is none at present; `resume` is called if there may be one next turn. */
  next(): Recorded | undefined;
  stop(): void;
}

export interface LogCursorOptions {
  readonly store: Store;
  readonly stream: StreamName;
  readonly filter: SubjectFilter;
  readonly from: Position;
  resume(): void;
  /** A page had nothing that matches; the position has moved all the same. */
  passedOver(): void;
}

export function createLogCursor({ store, stream, filter, from, resume, passedOver }: LogCursorOptions): LogCursor {
  let position = from;
  let rows: readonly Row[] = [];
  let index = 0;
  let afterPage = from;
  let turn: NodeJS.Immediate | undefined;

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
    stop: () => clearImmediate(turn),
  };

  function readPage(): boolean {
    if (turn) return false;
    const to = store.lastPosition(stream);
    if (afterPage > to) return false;
    turn = setImmediate(() => {
      turn = undefined;
      resume();
    });
    const page = store.page({ stream, filter, from: afterPage, to, limit: pageSize });
    rows = page.rows;
    index = 0;
    afterPage = page.next;
    if (rows.length > 0) return true;
    position = afterPage;
    passedOver();
    return false;
  }
}
