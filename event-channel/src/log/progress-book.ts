import type { Position, StreamName, Subject } from '../port.ts';
import type { ProgressSource } from './committer.ts';
import type { DeadRow, Order, ProgressChange, SavedProgress } from './store.ts';

/** What a durable must remember beyond the floor, and what of it is not written yet. */
export interface ProgressBook {
  readonly dead: ReadonlyMap<Position, DeadRow>;
  /** Gives the book its view of the floor, and of where lagging subjects are. */
  attach(view: ProgressView): void;
  /** The floor has moved or may have. */
  moved(): void;
  /** This subject's place, or whether it lags at all, has changed. */
  touched(subject: Subject): void;
  bury(row: DeadRow): void;
  raise(position: Position): void;
  /** What is written says that this event needs no delivery. */
  isSettled(subject: Subject, position: Position): boolean;
  /** Writes everything now. */
  flush(): void | Promise<void>;
}

/** Where the book is written to. */
export interface ProgressSaver {
  saveSoon(source: ProgressSource): void;
  /** Writes all that waits, now. @throws {LogUnavailable} */
  flush(): void | Promise<void>;
}

export interface ProgressView {
  floor(): Position;
  /** Called before changes are written; subjects the floor has caught up with stop lagging here. */
  prune(): void;
  /** Where a lagging subject is settled up to; `undefined` when it does not lag. */
  lag(subject: Subject): Position | undefined;
}

export function createProgressBook(
  { stream, durable, order }: { stream: StreamName; durable: string; order: Order },
  saved: SavedProgress,
  saver: ProgressSaver,
): ProgressBook {
  const dead = new Map(saved.dead.map((row) => [row.position, row]));
  const changedDead = new Set<Position>();
  const changedSubjects = new Set<Subject>();
  /** Asked for and perhaps on its way; kept until it is saved, for an adapter that needs time to write. */
  const asked = { dead: new Set<Position>(), subjects: new Set<Subject>() };
  /** As it is written. */
  const written = { floor: saved.floor, lagging: new Map(saved.lagging), dead: new Set(dead.keys()) };
  let inWriting: ProgressChange | undefined;
  let view: ProgressView = { floor: () => saved.floor, prune() {}, lag: (subject) => saved.lagging.get(subject) };

  const source: ProgressSource = {
    changes() {
      view.prune();
      moveAll(changedDead, asked.dead);
      moveAll(changedSubjects, asked.subjects);
      return (inWriting = {
        stream,
        durable,
        order,
        floor: view.floor(),
        lagging: new Map([...asked.subjects].map((subject) => [subject, view.lag(subject)])),
        dead: new Map([...asked.dead].map((position) => [position, dead.get(position)])),
      });
    },
    saved() {
      written.floor = inWriting?.floor ?? written.floor;
      for (const [subject, position] of inWriting?.lagging ?? []) {
        if (position === undefined) written.lagging.delete(subject);
        else written.lagging.set(subject, position);
      }
      for (const [position, row] of inWriting?.dead ?? []) {
        if (row === undefined) written.dead.delete(position);
        else written.dead.add(position);
      }
      asked.dead.clear();
      asked.subjects.clear();
    },
  };
  const changed = () => saver.saveSoon(source);

  return {
    dead,
    attach: (given) => void (view = given),
    moved: changed,
    touched(subject) {
      changedSubjects.add(subject);
      changed();
    },
    bury(row) {
      dead.set(row.position, row);
      changedDead.add(row.position);
      changed();
    },
    raise(position) {
      dead.delete(position);
      changedDead.add(position);
      changed();
    },
    isSettled(subject, position) {
      const lag = written.lagging.get(subject);
      return position <= written.floor && !written.dead.has(position) && (lag === undefined || position <= lag);
    },
    flush() {
      changed();
      return saver.flush();
    },
  };
}

function moveAll<T>(from: Set<T>, to: Set<T>): void {
  for (const item of from) to.add(item);
  from.clear();
}
