import type { CloudEvent, Recorded, Subject } from '@souk/event-channel';
import { reactor } from '../reactor.ts';
import type { Reactor, ReactorContext, ReactorOptions } from '../reactor.ts';
import { answersAtOnce } from './answer-at-once.ts';
import { answerEvent, isAnswered } from './command-answer.ts';
import type { CommandAnswer } from './command-answer.ts';
import type { Command } from './command.ts';
import { announceHandler } from './handler-presence.ts';

export interface CommandHandlerOptions extends Omit<ReactorOptions, 'handle' | 'isDone' | 'stream' | 'order'> {
  /**
   * What is answered: the declaration, or stream and event type where that is another backend's. Several are handled in one
   * order per subject; they are of one stream.
   */
  readonly command: Answered | readonly Answered[];
  /** CloudEvents source of the answers: `/bookings`. */
  readonly source: string;
  /**
   * All subjects on which the answer to this command may stand. Read before it is handled: what a process answered and could
   * not note before it died is not answered twice, however long ago that was.
   */
  readonly answersOn: (command: CloudEvent) => readonly Subject[];
  /**
   * Decides the answer. Comes again after a crash or a throw, and at last becomes a dead letter: say no with an answer,
   * throw only when you cannot tell. `undefined` when it has appended the answer itself, with the id `<id>-answer`.
   */
  readonly handle: (command: CloudEvent, context: ReactorContext) => Promise<CommandAnswer | undefined>;
  /**
   * Decides the answer while the command is being written: where the channel has `followUp`, both are one commit, and the
   * caller waits for one sync instead of two. Synchronous and without effects, and on what is at hand: give an `expect` that
   * holds only if that was not behind the log. `undefined`, a throw or a wrong revision leave the command to `handle`.
   * @default everything is left to `handle`
   */
  readonly answerAtOnce?: (command: CloudEvent) => CommandAnswer | undefined;
}

type Answered = Pick<Command, 'stream' | 'type'>;

/**
 * Answers commands: a {@link reactor} that appends one event per command, caused by it, and says on the channel that it is
 * there for as long as it is open.
 */
export function commandHandler(options: CommandHandlerOptions): Reactor {
  const { command, source, answersOn, handle, answerAtOnce, ...rest } = options;
  const { channel } = rest;
  const [first, ...others] = [command].flat() as [Answered, ...Answered[]];
  const types = new Set([first, ...others].map(({ type }) => type));
  const { stream } = first;

  const answers = reactor({
    ...{ ...rest, stream, types: [...types] },
    ...(answerAtOnce && { isDone: (recorded: Recorded) => atOnce!.take(recorded) }),
    async handle(recorded, context) {
      if (await isAnswered(channel, recorded, answersOn(recorded.event))) return;
      const answer = await handle(recorded.event, context);
      if (answer === undefined) return;
      const { subject, expect = 'any' } = answer;
      await channel.append(subject, [answerEvent(recorded, source, answer)], { expect });
    },
  });
  const atOnce =
    answerAtOnce &&
    answersAtOnce({
      ...{ channel, stream, types, source, filter: rest.filter ?? `${stream}.>`, decide: answerAtOnce },
      isSettled: (subject, position) => answers.isSettled(subject, position),
    });
  const presence = [...types].map((type) => announceHandler(channel, type));

  return {
    ...answers,
    async close() {
      await Promise.all(presence.map((one) => one.close()));
      await atOnce?.close();
      await answers.close();
    },
  };
}
