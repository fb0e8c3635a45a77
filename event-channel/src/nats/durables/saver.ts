import type { ProgressSource } from '../../log/committer.ts';
import type { ProgressSaver } from '../../log/progress-book.ts';
import type { ProgressChange } from '../../log/store.ts';
import { LeaseLost, type DurableRecords, type Head, type HeadRecord } from './records.ts';

/** Writes the progress of one durable as long as this process holds its lease, and keeps the lease by writing. */
export interface LeaseSaver extends ProgressSaver {
  flush(): Promise<void>;
  /** Gives the lease back after all is written, so that the next one need not wait. */
  release(): Promise<void>;
  stop(): void;
}

const saveAfterMs = 25;

/**
 * @param lost called once, when somebody else has the lease or it could not be kept: what is acked from then on is
 * delivered again
 */
export function createLeaseSaver(records: DurableRecords, first: HeadRecord, lost: () => void): LeaseSaver {
  let current = first;
  let source: ProgressSource | undefined;
  let unsaved = false;
  let lease: 'held' | 'lost' | 'released' = 'held';
  let keptAt = Date.now();
  let timer: NodeJS.Timeout | undefined;
  let saving: Promise<void> = Promise.resolve();
  const { leaseMs } = first.head;
  const keeper = setInterval(keep, leaseMs / 6);

  return {
    saveSoon(given) {
      source = given;
      unsaved = true;
      timer ??= setTimeout(saveQuietly, saveAfterMs);
    },
    flush: () => save(false),
    async release() {
      await save(false);
      lease = 'released';
      current = await records.writeHead(
        { ...current.head, owner: null, count: current.head.count + 1 },
        current.sequence,
      );
    },
    stop() {
      clearInterval(keeper);
      clearTimeout(timer);
    },
  };

  /** Saves one after the other, so that a head is never behind what it stands for. */
  function save(always: boolean): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    return (saving = saving.catch(() => undefined).then(() => (unsaved || always ? write() : undefined)));
  }

  async function write(): Promise<void> {
    if (lease !== 'held') throw new LeaseLost('the lease is lost');
    const begun = Date.now();
    unsaved = false;
    const changes = source?.changes();
    try {
      await writeBefore(changes);
      await writeHead(changes?.floor ?? current.head.floor);
      await writeAfter(changes);
    } catch (error) {
      unsaved = true;
      if (error instanceof LeaseLost) lose();
      else timer ??= setTimeout(saveQuietly, 40 * saveAfterMs);
      throw error;
    }
    keptAt = begun;
    source?.saved();
  }

  /** What must be there when the floor has moved on: it is all that speaks for these events then. */
  async function writeBefore(changes: ProgressChange | undefined): Promise<void> {
    for (const row of changes?.dead.values() ?? []) if (row) await records.putDead(row);
    for (const [subject, position] of changes?.lagging ?? []) {
      if (position !== undefined) await records.putLagging(subject, position);
    }
  }

  async function writeHead(floor: number): Promise<void> {
    const head: Head = { ...current.head, floor, count: current.head.count + 1 };
    current = await records.writeHead(head, current.sequence);
  }

  /** What must not be gone before the floor has moved on. */
  async function writeAfter(changes: ProgressChange | undefined): Promise<void> {
    for (const [position, row] of changes?.dead ?? []) if (!row) await records.dropDead(position);
    for (const [subject, position] of changes?.lagging ?? []) {
      if (position === undefined) await records.dropLagging(subject);
    }
  }

  function keep(): void {
    const age = Date.now() - keptAt;
    if (age > leaseMs) lose();
    else if (age > leaseMs / 3) save(true).catch(() => undefined);
  }

  function saveQuietly(): void {
    save(false).catch(() => undefined);
  }

  function lose(): void {
    if (lease !== 'held') return;
    lease = 'lost';
    lost();
  }
}
