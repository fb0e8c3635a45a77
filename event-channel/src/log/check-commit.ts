import { WrongRevision } from '../errors.ts';
import type { Appended, Position, Revision, StreamName, Subject } from '../port.ts';
import type { Batch, Commit } from './store.ts';

/**
 * Compares what a commit expects with what is there.
 * @param revision of its subject; `0` when that has no events
 * @param lastPosition of its stream
 * @returns the error that is the outcome of this commit, or `undefined` when it can be taken
 */
export function checkExpectation(
  { expect, subject, stream }: Commit,
  revision: (subject: Subject) => Revision,
  lastPosition: (stream: StreamName) => Position,
): WrongRevision | undefined {
  if (expect === 'any') return undefined;
  if (typeof expect === 'object' && 'lastPosition' in expect) {
    const [expected, actual] = [expect.lastPosition, lastPosition(stream)];
    return expected === actual ? undefined : new WrongRevision(stream, `position ${expected}`, `position ${actual}`);
  }
  const [expected, actual] = [expect === 'no-stream' ? 0 : expect.revision, revision(subject)];
  return expected === actual ? undefined : new WrongRevision(subject, told(expected), told(actual));
}

/** Takes commits one after the other, those that are added meanwhile as well. */
export function inTurn(
  commits: Batch['commits'],
  commitOne: (commit: Commit) => Appended | Error,
  taken: Batch['taken'],
): (Appended | Error)[] {
  const outcomes: (Appended | Error)[] = [];
  for (const commit of commits) {
    const outcome = commitOne(commit);
    outcomes.push(outcome);
    if (!(outcome instanceof Error) && !outcome.duplicate) taken?.(commit, outcome);
  }
  return outcomes;
}

function told(revision: Revision): string {
  return revision === 0 ? 'no events' : `revision ${revision}`;
}
