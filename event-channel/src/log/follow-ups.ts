import { assertLogFilter } from '../assert-subject.ts';
import { subjectMatcher } from '../matches-filter.ts';
import type { Appended, FollowUp, FollowUpDecision, Recorded, Subject, SubjectFilter, Subscription } from '../port.ts';
import { toCommit } from './committer.ts';
import type { FollowingCommit } from './committer.ts';
import type { HandlerErrorListener } from './handler-error.ts';
import { toRecorded } from './reader.ts';
import type { Commit } from './store.ts';

const nothing: readonly FollowingCommit[] = [];

/** Those who decide about commits while they are written. */
export interface FollowUps {
  add(filter: SubjectFilter, decide: FollowUpDecision): Subscription;
  /** What follows from a commit that was taken. Never throws. */
  of(commit: Commit, appended: Appended): readonly FollowingCommit[];
}

export function createFollowUps(maxCommitBytes: number, onHandlerError: HandlerErrorListener): FollowUps {
  const deciders = new Set<{ matches(subject: Subject): boolean; readonly decide: FollowUpDecision }>();

  return {
    add(filter, decide) {
      assertLogFilter(filter);
      const decider = { matches: subjectMatcher(filter), decide };
      deciders.add(decider);
      return { close: async () => void deciders.delete(decider) };
    },
    of(commit, appended) {
      const asked = [...deciders].filter(({ matches }) => matches(commit.subject));
      if (asked.length === 0) return nothing;
      const { stream, subject, events } = commit;
      const first = appended.position - events.length + 1;
      const recorded = events.map((event, index) => toRecorded(stream, { position: first + index, subject, event }));
      return asked.flatMap(({ decide }) => recorded.flatMap((one) => decided(decide, one)));
    },
  };

  function decided(decide: FollowUpDecision, recorded: Recorded): readonly FollowingCommit[] {
    const { subject } = recorded;
    const followUp = attempt(subject, () => decide(recorded));
    if (followUp === undefined) return nothing;
    const settled: FollowUp['settled'] = (outcome) => attempt(subject, () => followUp.settled(outcome));
    try {
      return [{ commit: toCommit(followUp.subject, followUp.events, followUp, maxCommitBytes), settled }];
    } catch (error) {
      settled(error as Error);
      return nothing;
    }
  }

  /** Nothing of theirs may end the transaction of others, or keep others from hearing what became of it. */
  function attempt<Result>(subject: Subject, work: () => Result): Result | undefined {
    try {
      return work();
    } catch (error) {
      onHandlerError(error, { subject, name: 'follow-up' });
      return undefined;
    }
  }
}
