import type { Expect, Recorded, StreamName, Subject } from '@souk/event-channel';
import type { preHandlerAsyncHookHandler } from 'fastify';
import type { Static, TSchema } from 'typebox';
import type { ApiError } from '../api-error.ts';
import type { Session } from '../session.ts';

/** What a command event is made from. */
export interface CommandInput<Body = unknown, Params = unknown> {
  readonly body: Body;
  readonly params: Params;
  readonly session: Session;
  /**
   * Id of the operation and of its event. With an `Idempotency-Key` it follows from that, so ids made from it are the same
   * when the caller tries again.
   */
  readonly operationId: string;
}

/** Where a command goes into the log, and what it says. */
export interface CommandEvent<Data = unknown> {
  readonly subject: Subject;
  readonly data: Data;
  /** @default 'any' */
  readonly expect?: Expect;
}

/** What the caller of a command that succeeded gets, where that is not the data of the event. */
export interface CommandReply<Body extends TSchema = TSchema> {
  /** @default 200 */
  readonly status?: 200 | 201;
  readonly body: Body;
  /**
   * Says it, from the event that answered. Asked anew for each repetition and for the operation's document, so it may tell
   * how things are by then.
   */
  readonly of: (answer: Recorded) => Said<Static<Body>> | Promise<Said<Static<Body>>>;
}

/** A body and its headers. */
export interface Said<Body> {
  readonly body: Body;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * One declaration of a command that goes over events: route, schema, OpenAPI, waiting and metrics follow from it. A command
 * that can be given at several routes has a declaration for each, with the same name and the same event type.
 */
export interface CommandSpec<Body extends TSchema, Params extends TSchema, Data> {
  /** `book-seat`; unique in its backend, in metrics and in operation documents. */
  readonly name: string;
  /** For the OpenAPI document. */
  readonly summary: string;
  /** @default 'POST' */
  readonly method?: 'POST' | 'PUT' | 'DELETE';
  /** Of the route, with `:params`. */
  readonly path: string;
  /** @default none is read */
  readonly body?: Body;
  readonly params?: Params;
  /** Before anything else: `requireStaff`. */
  readonly preHandler?: preHandlerAsyncHookHandler;

  /** Stream that keeps the command event. */
  readonly stream: StreamName;
  /** Type of the command event, of this command alone: `bookings.seat-asked.v1`. */
  readonly type: string;
  /** Decides where the event goes and what it says, or refuses by throwing an {@link ApiError}: then nothing has happened. */
  readonly toEvent: (
    input: CommandInput<Static<Body>, Static<Params>>,
  ) => CommandEvent<Data> | Promise<CommandEvent<Data>>;
  /** `shopperId` of who may see the operation, told from the event alone: it must be known after a rebuild. */
  readonly owner: (data: Data) => string;

  /** Streams in which answers appear. @default the stream of the command */
  readonly answerStreams?: readonly StreamName[];
  /** Event types that mean success, each with the schema of its data, which is the body of the `200` unless `reply` says it. */
  readonly success: Readonly<Record<string, TSchema>>;
  /** @default 200 with the data of the event */
  readonly reply?: CommandReply;
  /** Event types that mean failure, each with the error that says so; its kind chooses the status, as everywhere. */
  readonly failure?: Readonly<Record<string, (data: never) => ApiError>>;
  /**
   * How an answer is known. `causation`: the command event is its direct cause. `correlation`: it belongs to the same
   * conversation, over however many events; the first one counts.
   * @default 'causation'
   */
  readonly answeredBy?: 'causation' | 'correlation';

  /** @default 'optional' */
  readonly idempotencyKey?: 'optional' | 'required';
  /** How long a caller waits who does not say so. @default 5000 milliseconds */
  readonly waitMs?: number;
  /** What `Prefer: wait` can ask for at most. @default 30_000 milliseconds */
  readonly maxWaitMs?: number;
  /** Callers that wait at one time; one more gets 429. @default 1000 */
  readonly maxWaiting?: number;
}

/** A declared command, whatever its types. */
export type Command = CommandSpec<TSchema, TSchema, never> & {
  readonly toEvent: (input: CommandInput<never, never>) => CommandEvent | Promise<CommandEvent>;
};

/** Declares a command; `body`, `params` and `data` are typed from each other. */
export function defineCommand<Data, Body extends TSchema = TSchema, Params extends TSchema = TSchema>(
  spec: CommandSpec<Body, Params, Data>,
): Command {
  return spec as unknown as Command;
}

/** What the caller gets whose command this event answered with success. */
export async function saidOf(command: Command, answer: Recorded): Promise<Said<unknown>> {
  return command.reply === undefined ? { body: answer.event.data } : command.reply.of(answer);
}
