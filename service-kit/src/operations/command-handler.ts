import type { CloudEvent, EventChannel, Expect, Position, Recorded, Subject } from '@souk/event-channel';
import { cloudEvent } from '../cloud-event.ts';
import { reactor } from '../reactor.ts';
import type { Commit, Reactor, ReactorContext, ReactorOptions } from '../reactor.ts';
import type { Command } from './command.ts';
import { announceHandler } from './handler-presence.ts';

/** The event that answers a command. */
export interface CommandAnswer {
  readonly subject: Subject;
  readonly type: string;
  readonly data: unknown;
  /** Guards the decision: when somebody was faster, the command is handled again. @default 'any' */
  readonly expect?: Expect;
  /** What changes in the handler's own database, with the note that the command is handled. */
  readonly commit?: Commit;
}

export interface CommandHandlerOptions extends Omit<ReactorOptions, 'handle' | 'stream'> {
  /**
   * What is answered: the declaration, or stream and event type where that is another backend's. Several are handled in one
   * order per subject; they are of one stream.
   */
  readonly command: Answered | readonly Answered[];
  /** CloudEvents source of the answers: `/bookings`. */
  readonly source: string;
  /**
   * Decides the answer. Comes again after a crash or a throw, and at last becomes a dead letter: say no with an answer,
   * throw only when you cannot tell. `undefined` when the log holds its answer already, from before a crash.
   */
  readonly handle: (command: CloudEvent, context: HandlingContext) => Promise<CommandAnswer | undefined>;
}

type Answered = Pick<Command, 'stream' | 'type'>;

/** Where and how often a command is handled. */
export interface HandlingContext extends ReactorContext {
  /** Of the command in its stream: its answer, if there is one, stands behind it. */
  readonly position: Position;
}

/**
 * Answers commands: a {@link reactor} that appends one event per command, caused by it, and says on the channel that it is
 * there for as long as it is open. The answer's id follows from the command's, so a second append of it is none.
 */
export function commandHandler(options: CommandHandlerOptions): Reactor {
  const { command, source, handle, ...rest } = options;
  const { channel } = rest;
  const [first, ...others] = [command].flat() as [Answered, ...Answered[]];
  const types = new Set([first, ...others].map(({ type }) => type));

  const answers = reactor({
    ...rest,
    stream: first.stream,
    types: [...types],
    async handle(recorded, context) {
      const answer = await handle(recorded.event, { ...context, position: recorded.position });
      if (answer !== undefined) await append(channel, recorded, source, answer);
      return answer?.commit;
    },
  });
  const presence = [...types].map((type) => announceHandler(channel, type));

  return {
    ...answers,
    async close() {
      await Promise.all(presence.map((one) => one.close()));
      await answers.close();
    },
  };
}

async function append(channel: EventChannel, command: Recorded, source: string, answer: CommandAnswer): Promise<void> {
  const { subject, type, data, expect = 'any' } = answer;
  const event = cloudEvent({ type, source, data, cause: command, id: `${command.event.id}-answer` });
  await channel.append(subject, [event], { expect });
}
