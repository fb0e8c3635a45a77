import type {
  CloudEvent,
  Consumer,
  EventChannel,
  Position,
  Recorded,
  StreamName,
  Subject,
  SubjectFilter,
} from '@souk/event-channel';
import { answerEvent } from './command-answer.ts';
import type { CommandAnswer } from './command-answer.ts';

interface AnswersAtOnceOptions {
  readonly channel: EventChannel;
  readonly stream: StreamName;
  readonly filter: SubjectFilter;
  readonly types: ReadonlySet<string>;
  /** CloudEvents source of the answers. */
  readonly source: string;
  readonly decide: (command: CloudEvent) => CommandAnswer | undefined;
  /** Of the consumer that commands are delivered to in any case. */
  readonly isSettled: Consumer['isSettled'];
}

/** Answers of commands that were written together with them. */
export interface AnswersAtOnce {
  /** Whether this command was answered so; asked once for each, when it is delivered. */
  take(command: Recorded): boolean;
  close(): Promise<void>;
}

/** Subjects remembered before it is looked which of them can be forgotten. */
const PRUNE_AT_LEAST = 1024;

/**
 * Answers commands in the commit that writes them. Keeps the order per subject: a command is left to delivery while an
 * earlier one on its subject may still need that, be it from before this process, at hand, or a dead letter.
 */
export function answersAtOnce(options: AnswersAtOnceOptions): AnswersAtOnce {
  const { channel, stream, filter, types, source, decide, isSettled } = options;
  /** The end of the stream when we began: of all behind it we were asked. `undefined` until it is known. */
  let backlog: Position | undefined;
  /** The last command on a subject that was left to delivery; perhaps one that came to nothing. */
  const left = new Map<Subject, Position>();
  /** Subjects of commands whose answer is in the transaction at hand: it may yet be refused there. */
  const inWriting = new Set<Subject>();
  const answered = new Set<Position>();
  let pruneAt = PRUNE_AT_LEAST;

  const mayAnswer = (subject: Subject) => {
    const before = left.get(subject) ?? backlog;
    return before !== undefined && !inWriting.has(subject) && isSettled(subject, before);
  };
  const leave = (subject: Subject, position: Position) => {
    left.set(subject, Math.max(position, left.get(subject) ?? 0));
    if (left.size < pruneAt) return;
    for (const [one, last] of left) if (isSettled(one, last)) left.delete(one);
    pruneAt = Math.max(PRUNE_AT_LEAST, 2 * left.size);
  };

  const followUps = channel.followUp?.(filter, (command) => {
    if (!types.has(command.event.type)) return undefined;
    const { subject, position } = command;
    const answer = mayAnswer(subject) ? decidedBy(decide, command) : undefined;
    if (answer === undefined) {
      leave(subject, position);
      return undefined;
    }
    const events = [answerEvent(command, source, answer)];
    inWriting.add(subject);
    return {
      ...{ subject: answer.subject, events, expect: answer.expect ?? 'any' },
      settled(outcome) {
        inWriting.delete(subject);
        if (outcome instanceof Error) leave(subject, position);
        else answered.add(position);
      },
    };
  });
  // A closed channel: then nothing is written that could be answered.
  if (followUps)
    void channel.lastPosition(stream).then(
      (last) => (backlog = last),
      () => undefined,
    );

  return {
    take: ({ position }) => answered.delete(position),
    async close() {
      await followUps?.close();
    },
  };
}

/** What throws is left to delivery, which will hear of it in its own way. */
function decidedBy(decide: AnswersAtOnceOptions['decide'], { event }: Recorded): CommandAnswer | undefined {
  try {
    return decide(event);
  } catch {
    return undefined;
  }
}
