import { LogUnavailable } from '../errors.ts';
import type { Position, Recorded, Revision, StreamName, Subject } from '../port.ts';

/**
 * Positions that one message has room for. 2^13, because a commit of at most 1 MiB cannot hold more events than that
 * (an envelope has more than 128 bytes), and because 2^53 leaves room for 2^40 messages.
 */
export const positionsPerMessage = 8_192;

/** Media type of a message: a CloudEvents JSON batch. */
export const batchType = 'application/cloudevents-batch+json';

/**
 * Position of the last event in the message with this sequence, which is the revision of its subject as well: the
 * events before it in the commit count down from there. So neither needs a look into the message.
 */
export function lastPositionIn(sequence: number): Position {
  return sequence * positionsPerMessage;
}

/** Sequence of the message that a position lies in; the first one for positions before the first. */
export function sequenceOf(position: Position): number {
  return Math.max(1, Math.ceil(position / positionsPerMessage));
}

/** Sequence that a revision stands for, `undefined` when no message can have it. */
export function sequenceOfRevision(revision: Revision): number | undefined {
  const sequence = revision / positionsPerMessage;
  return Number.isSafeInteger(sequence) && sequence > 0 ? sequence : undefined;
}

/** The body of a message. */
export function encodeCommit(events: readonly string[]): string {
  return `[${events.join(',')}]`;
}

/** A message as it stands in the stream. */
export interface StoredCommit {
  readonly sequence: number;
  readonly subject: Subject;
  readonly data: Uint8Array;
}

/**
 * The events of a message in their order.
 * @throws {LogUnavailable} it was not written by this adapter
 */
export function eventsOf(stream: StreamName, { sequence, subject, data }: StoredCommit): Recorded[] {
  const events = parse(Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString());
  if (!Array.isArray(events)) throw new LogUnavailable(`message ${sequence} on "${subject}" is no batch of events`);
  const first = lastPositionIn(sequence) - events.length + 1;
  return events.map((event, index) => ({ stream, subject, position: first + index, event }));
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
