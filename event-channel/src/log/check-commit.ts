import { WrongRevision } from '../errors.ts';
import type { Revision } from '../port.ts';
import type { Commit } from './store.ts';

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

function told(revision: Revision): string {
  return revision === 0 ? 'no events' : `revision ${revision}`;
}
