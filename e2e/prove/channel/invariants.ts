import { DatabaseSync } from 'node:sqlite';
import type { EventChannel, Recorded } from '@souk/event-channel';
import { check, type Findings } from './findings.ts';
import { stream, type Acked, type LoadData } from './load.ts';

/** What is known of a log from before: what was acknowledged, and what was seen in it. */
export interface Known {
  readonly acked: Acked[];
  /** Id of the event at each position that was ever seen or acknowledged. */
  readonly idAt: Map<number, string>;
}

/** Nothing yet. */
export function nothingKnown(): Known {
  return { acked: [], idAt: new Map() };
}

/** Looks whether a log that has been through a fault still holds what was promised, and remembers what it holds. */
export async function checkLog(
  channel: EventChannel,
  known: Known,
  findings: Findings,
  where: string,
): Promise<Recorded[]> {
  const log: Recorded[] = [];
  for await (const recorded of channel.read(`${stream}.>`)) log.push(recorded);
  const byPosition = new Map(log.map((recorded) => [recorded.position, recorded]));

  check(findings, 'no acknowledged event is lost', where, lost());
  check(findings, 'each event is in the log once, positions grow', where, notOnce());
  check(findings, 'no position is used again', where, reused());
  check(findings, 'order is kept on each subject, and each revision had one winner', where, outOfOrder());
  for (const { position, event } of log) known.idAt.set(position, event.id);
  return log;

  function lost(): string[] {
    return known.acked.flatMap(({ subject, position, id }) => {
      const found = byPosition.get(position);
      return found?.event.id === id && found.subject === subject ? [] : [`${id} at ${position} on ${subject}`];
    });
  }

  function notOnce(): string[] {
    const ids = new Set<string>();
    return log.flatMap(({ position, event: { id } }, index) => {
      const wrong = ids.has(id) || position <= (log[index - 1]?.position ?? 0);
      ids.add(id);
      return wrong ? [`${id} at ${position}`] : [];
    });
  }

  function reused(): string[] {
    for (const { position, id } of known.acked) known.idAt.set(position, id);
    return log.flatMap(({ position, event: { id } }) => {
      const before = known.idAt.get(position);
      return before === undefined || before === id ? [] : [`${position} was ${before}, is ${id}`];
    });
  }

  /** Each event says what its writer expected to follow: a second winner or a swap would break the chain. */
  function outOfOrder(): string[] {
    const ends = new Map<string, { n: number; position: number; after: number }>();
    return log.flatMap(({ subject, position, event }) => {
      const { n, after } = event.data as LoadData;
      const end = ends.get(subject) ?? { n: -1, position: 0, after: -1 };
      ends.set(subject, { n, position, after });
      // Events of one commit were written after the same one.
      const follows = after === end.position || (after === end.after && n > 0);
      return n === end.n + 1 && follows ? [] : [`${subject} has ${n} (after ${after}) behind ${end.n} at ${position}`];
    });
  }
}

/** Looks whether a read model has each event up to its checkpoint exactly once, and none that the log does not have. */
export function checkJournal(file: string, log: readonly Recorded[], findings: Findings, where: string): void {
  const db = new DatabaseSync(file);
  const taken = db.prepare('SELECT position, id FROM taken ORDER BY position').all() as {
    position: number;
    id: string;
  }[];
  const checkpoint = db.prepare('SELECT max(position) AS position FROM souk_checkpoint').get()?.position;
  db.close();
  const due = log.filter(({ position }) => position <= Number(checkpoint ?? 0));
  const wrong: string[] = [];
  const last = log.at(-1)?.position ?? 0;
  if (Number(checkpoint ?? 0) > last) wrong.push(`it is at ${checkpoint}, the log at ${last}`);
  if (taken.length !== due.length) wrong.push(`${taken.length} taken of ${due.length}`);
  taken.forEach(({ position, id }, index) => {
    if (due[index]?.position !== position || due[index].event.id !== id) wrong.push(`${id} at ${position}`);
  });
  check(findings, 'a projection has each event once, and none that is not in the log', where, wrong);
}
