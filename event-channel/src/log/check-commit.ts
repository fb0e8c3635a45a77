import { WrongRevision } from '../errors.ts';
import type { Appended, Revision } from '../port.ts';
import type { Batch, Commit } from './store.ts';

/**
 * Compares what a commit expects with the revision its subject is at.
 * @param revision `0` when the subject has no events
 * @returns the error that is the outcome of this commit, or `undefined` when it can be taken
 */
export function checkExpectation(commit: Commit, revision: Revision): WrongRevision | undefined {
  const { expect, subject } = commit;
  if (expect === 'any') return undefined;
  const expected = expect === 'no-stream' ? 0 : expect.revision;
  return expected === revision ? undefined : new WrongRevision(subject, told(expected), told(revision));
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
