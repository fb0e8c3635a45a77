import { headers, NoRespondersError } from '@nats-io/transport-node';
import { LogUnavailable, TooLarge, WrongRevision } from '../errors.ts';
import { toCommit } from '../log/committer.ts';
import type { Commit } from '../log/store.ts';
import type { Appended, AppendOptions, CloudEvent, Revision, StreamName, Subject } from '../port.ts';
import { batchType, encodeCommit, lastPositionIn, sequenceOfRevision } from './commit-message.ts';
import { apiError, apiErrorCode, delay, type Connection } from './connection.ts';
import type { Names } from './names.ts';
import type { Streams } from './streams.ts';

export interface Appender {
  append(subject: Subject, events: readonly CloudEvent[], options: AppendOptions): Promise<Appended>;
  /** Resolves when all that was accepted has its answer. */
  settled(): Promise<void>;
}

export interface AppenderOptions {
  readonly maxCommitBytes: number;
  readonly duplicateWindowMs: number;
  /** How long an append is tried again before it is given up. */
  readonly appendTimeoutMs: number;
  /** A message was written, or found to be written. */
  written(stream: StreamName, sequence: number): void;
}

/** One try: shorter than what a server that was just killed takes to be missed, because a try costs nothing. */
const tryTimeoutMs = 2_500;

export function createAppender(
  { nc, js, ask }: Connection,
  streams: Streams,
  names: Names,
  { maxCommitBytes, duplicateWindowMs, appendTimeoutMs, written }: AppenderOptions,
): Appender {
  const running = new Set<Promise<unknown>>();

  return {
    append(subject, events, options) {
      const appending = write(subject, events, options);
      running.add(appending);
      const forget = () => void running.delete(appending);
      appending.then(forget, forget);
      return appending;
    },
    async settled() {
      await Promise.allSettled(running);
    },
  };

  async function write(subject: Subject, events: readonly CloudEvent[], options: AppendOptions): Promise<Appended> {
    const commit = toCommit(subject, events, options, maxCommitBytes);
    const expected = expectedSequence(commit);
    const ofStream = typeof commit.expect === 'object' && 'lastPosition' in commit.expect;
    const body = encodeCommit(commit.events);
    const messageId = headerSafe(commit.messageId);
    const deadline = Date.now() + appendTimeoutMs;
    /** A try got no answer, so that the message may be there all the same. */
    let unsure = false;
    await streams.ready(commit.stream);
    for (let tries = 1; ; tries++) {
      let failure: unknown;
      try {
        const answer = await publish();
        // Some servers answer for a duplicate whose first is on its way that its sequence is 0.
        if (answer.seq > 0) return appended(commit.stream, answer, unsure);
      } catch (error) {
        failure = error;
        const sequence = await judge(error);
        if (sequence !== undefined) return appended(commit.stream, { seq: sequence, duplicate: true }, unsure);
      }
      if (Date.now() > deadline || nc.isClosed()) throw givenUp(unsure, failure);
      await delay(Math.min(5 * 2 ** tries, 500));
    }

    async function publish(): Promise<{ seq: number; duplicate: boolean }> {
      const head = headers();
      head.set('Content-Type', batchType);
      const expect =
        expected === undefined ? {} : { expect: { [ofStream ? 'lastSequence' : 'lastSubjectSequence']: expected } };
      const timeout = Math.max(1, Math.min(tryTimeoutMs, appendTimeoutMs));
      const settings = { msgID: messageId, headers: head, timeout, ...expect };
      return ask(() => js.publish(names.logged(subject), body, settings));
    }

    /**
     * Decides whether a failed try may be repeated: with the same id, so that it is written once.
     * @returns the sequence of the message, when it turns out that an earlier try has written it
     */
    async function judge(error: unknown): Promise<number | undefined> {
      const code = apiErrorCode(error);
      if (code === undefined) {
        unsure ||= !saysNobodyHeard(error);
        return undefined;
      }
      if (code === apiError.messageTooLarge) throw new TooLarge(Buffer.byteLength(body), maxCommitBytes);
      if (code === apiError.sameIdInFlight) return undefined;
      // Somebody is in front; it may be an earlier try of ours, or what a leader that is gone has left: not decided yet.
      if (code === apiError.wrongLastSequenceInFlight) return undefined;
      if (code === apiError.wrongLastSequence) {
        const found = await ownMessage().catch(() => 'not known' as const);
        if (found === undefined) throw wrongRevision(commit, expected, error);
        return found === 'not known' ? undefined : found;
      }
      // Full, without a leader, stopping: it is not written, and the next try may find it better.
      return undefined;
    }

    /**
     * Whether this append is in the log already. Servers do not agree on whether they compare the id or the revision
     * first; but what was written at a revision is the next message on its subject, so that the log itself tells. What
     * is older than the duplicate window is somebody's affair only while this very append waits for its answer.
     */
    async function ownMessage(): Promise<number | undefined> {
      if (expected === undefined) return undefined;
      const next = await streams.next(commit.stream, subject, expected + 1);
      if (next?.header.get('Nats-Msg-Id') !== messageId) return undefined;
      return unsure || Date.now() - next.time.getTime() < duplicateWindowMs ? next.seq : undefined;
    }
  }

  function appended(stream: StreamName, answer: { seq: number; duplicate: boolean }, unsure: boolean): Appended {
    written(stream, answer.seq);
    const position = lastPositionIn(answer.seq);
    // After a try without answer the duplicate is most likely our own, and then nobody has seen it yet.
    return { position, revision: position, duplicate: answer.duplicate && !unsure };
  }
}

function expectedSequence(commit: Commit): number | undefined {
  const { expect } = commit;
  if (expect === 'any') return undefined;
  if (expect === 'no-stream') return 0;
  const revision = 'lastPosition' in expect ? expect.lastPosition : expect.revision;
  if (revision === 0 && 'lastPosition' in expect) return 0;
  const sequence = sequenceOfRevision(revision);
  if (sequence === undefined) throw new WrongRevision(commit.subject, told(revision), 'another');
  return sequence;
}

function wrongRevision({ subject }: Commit, expected: number | undefined, cause: unknown): WrongRevision {
  const actual = /wrong last sequence: (\d+)/.exec((cause as Error).message)?.[1];
  const found = actual === undefined ? 'another revision' : told(lastPositionIn(Number(actual)));
  return new WrongRevision(subject, told(lastPositionIn(expected ?? 0)), found, { cause });
}

function told(revision: Revision): string {
  return revision === 0 ? 'no events' : `revision ${revision}`;
}

/** The server itself says that no stream took the message: then it is not written. */
function saysNobodyHeard(error: unknown): boolean {
  const cause = (error as { cause?: unknown }).cause;
  return [error, cause, (cause as { cause?: unknown } | undefined)?.cause].some(
    (one) => one instanceof NoRespondersError,
  );
}

function givenUp(unsure: boolean, cause: unknown): LogUnavailable {
  const why = unsure
    ? 'no answer, so that the outcome is unknown; the same append may be sent again'
    : 'nothing is written';
  return new LogUnavailable(why, { cause });
}

/** Message ids are any text, headers are not; different ids stay different. */
function headerSafe(text: string): string {
  return text.toWellFormed().replace(/[^\x21-\x24\x26-\x7e]/gu, encodeURIComponent);
}
