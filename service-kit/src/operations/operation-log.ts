import type { EventChannel, Position, Recorded, StreamName } from '@souk/event-channel';
import type { Logger } from '../logger.ts';
import { projection } from '../projection.ts';
import type { Projection } from '../projection.ts';
import type { Database } from '../sqlite.ts';
import type { Command } from './command.ts';
import { answerTrail, commandTrail, operationTable } from './operation-table.ts';
import type { Operation } from './operation-table.ts';
import { waitingRoom } from './waiting.ts';
import type { Waiting } from './waiting.ts';

/** An answer that nobody waited for (any more). */
export interface LateAnswer {
  readonly operationId: string;
  /** Name of the command. */
  readonly command: string;
  /** `shopperId` of who gave it. */
  readonly owner: string;
  readonly failed: boolean;
  readonly answer: Recorded;
}

export interface OperationLogOptions {
  readonly channel: EventChannel;
  readonly db: Database;
  readonly commands: readonly Command[];
  readonly log?: Logger;
  readonly clock: () => Date;
  readonly onLate: (late: LateAnswer) => void;
}

type Place = Pick<Recorded, 'stream' | 'subject' | 'position'>;

/** Operations of one backend: those in the log, those on their way into it, and who waits for an answer. */
export interface OperationLog {
  readonly projection: Projection;
  readonly waiting: Waiting;
  find(id: string): Operation | undefined;
  findByPrefix(prefix: string): Operation | undefined;
  /** Whether an operation of this command has this trail already. */
  isTaken(command: string, trail: string): boolean;
  /** Makes an operation known before its event is in the log, so that nobody begins it twice. */
  begin(operation: Operation): void;
  /** It did not come into the log after all. */
  giveUp(operation: Operation): void;
  /** The answer's event, read from the log. */
  read(answer: NonNullable<Operation['answer']>): Promise<Recorded>;
}

/** Follows commands and answers through the log, and tells who waits. */
export function operationLog({ channel, db, commands, log, clock, onLate }: OperationLogOptions): OperationLog {
  const table = operationTable(db);
  const waiting = waitingRoom();
  /** From before the append until the projection holds it. */
  const begun = new Map<string, Operation>();
  /** Commands of which that may be so by now, oldest first. */
  const seen = new Map<string, Place>();
  /** Answers whose callers were told when they arrived, oldest first, until the projection holds them. */
  const told = new Map<string, Place>();
  /** Farther than the projection, when that begins anew. */
  const reached = new Map<StreamName, Position>();
  const openedAt = clock().toISOString();
  const byType = indexByType(commands);
  const byAnswer = indexByAnswer([...byType.values()]);

  const apply = (recorded: Recorded, into: Database) => {
    const { event } = recorded;
    // A table that is built aside is of the past: nobody waits for what it says.
    const serves = into === db;
    const rows = serves ? table : operationTable(into);
    const asked = byType.get(event.type);
    if (asked !== undefined) {
      rows.begin(asked, recorded);
      if (serves) seen.set(key(asked.name, commandTrail(asked, event)), placeOf(recorded));
    }
    for (const command of byAnswer.get(event.type) ?? []) {
      const trail = answerTrail(command, event);
      if (trail === undefined || !rows.settle(command, trail, recorded) || !serves) continue;
      if (told.has(key(command.name, trail))) continue;
      // Who waits goes on in a later microtask, and so after the commit.
      if (waiting.deliver(command.name, trail, recorded)) continue;
      const before = reached.get(recorded.stream) ?? 0;
      if (recorded.position > before) queueMicrotask(() => offer(command, trail, recorded));
    }
    if (serves) reached.set(recorded.stream, Math.max(recorded.position, reached.get(recorded.stream) ?? 0));
  };

  /** Those whose place the projection has passed. */
  function* held(places: ReadonlyMap<string, Place>): Generator<string> {
    for (const [operation, { stream, position }] of places) {
      if (position > operations.position(stream)) return;
      yield operation;
    }
  }

  /** Who waits need not wait for the projection as well: that an answer stands in the log is all there is to know. */
  const onArrival = (recorded: Recorded) => {
    for (const operation of held(told)) told.delete(operation);
    for (const operation of held(seen)) {
      seen.delete(operation);
      begun.delete(operation);
    }
    for (const command of byAnswer.get(recorded.event.type) ?? []) {
      // Of a conversation the first answer counts, and which one that is the table knows.
      if (command.answeredBy === 'correlation') continue;
      const trail = answerTrail(command, recorded.event);
      if (trail === undefined || !waiting.deliver(command.name, trail, recorded)) continue;
      told.set(key(command.name, trail), placeOf(recorded));
    }
  };

  /** While a read model is built anew it comes upon answers of long ago, which are no news to anybody. */
  const offer = (command: Command, trail: string, answer: Recorded) => {
    const operation = begun.get(key(command.name, trail)) ?? table.findByTrail(command.name, trail);
    if (operation === undefined) return;
    const isNew = resumed.has(answer.stream) || operation.startedAt >= openedAt;
    if (!isNew) return;
    const failed = !Object.hasOwn(command.success, answer.event.type);
    try {
      onLate({ operationId: operation.id, command: command.name, owner: operation.owner, failed, answer });
    } catch (error) {
      log?.error({ err: error, command: command.name, operationId: operation.id }, 'late answer not offered');
    }
  };

  const streams = [...new Set(commands.flatMap(({ stream, answerStreams = [stream] }) => [stream, ...answerStreams]))];
  const sources = streams.map((stream) => ({ stream }));
  const tables = ['souk_operation', 'souk_operation_answer'];
  const operations = projection({
    ...{ name: 'operations', channel, db, sources, tables, apply, onArrival },
    ...(log ? { log } : {}),
  });
  /** Streams of which something was known at the start: what comes there is new. */
  const resumed = new Set(streams.filter((stream) => operations.position(stream) > 0));
  for (const stream of streams) reached.set(stream, operations.position(stream));

  const begunWith = (matches: (operation: Operation) => boolean) => {
    for (const operation of begun.values()) if (matches(operation)) return operation;
    return undefined;
  };
  const asTold = (operation: Operation | undefined): Operation | undefined => {
    const answer = operation && told.get(key(operation.command, operation.trail));
    return operation?.answer === undefined && answer !== undefined ? { ...operation!, answer } : operation;
  };
  return {
    projection: operations,
    waiting,
    find: (id) => asTold(table.find(id) ?? begunWith((operation) => operation.id === id)),
    findByPrefix: (prefix) => asTold(table.findByPrefix(prefix) ?? begunWith(({ id }) => id.startsWith(prefix))),
    isTaken: (command, trail) => begun.has(key(command, trail)) || table.findByTrail(command, trail) !== undefined,
    begin: (operation) => begun.set(key(operation.command, operation.trail), operation),
    giveUp: (operation) => begun.delete(key(operation.command, operation.trail)),
    async read({ subject, position }) {
      for await (const recorded of channel.read(subject, { from: position, to: position })) return recorded;
      throw new Error(`the log has no event at position ${position} of "${subject}"`);
    },
  };
}

/** Without the event, which need not stay in memory for it. */
function placeOf({ stream, subject, position }: Recorded): Place {
  return { stream, subject, position };
}

function key(command: string, trail: string): string {
  return `${command} ${trail}`;
}

function indexByType(commands: readonly Command[]): ReadonlyMap<string, Command> {
  const index = new Map<string, Command>();
  for (const command of commands) {
    const other = index.get(command.type) ?? command;
    if (other.name !== command.name) throw new TypeError(`two commands have the event type "${command.type}"`);
    index.set(command.type, other);
  }
  return index;
}

function indexByAnswer(commands: readonly Command[]): ReadonlyMap<string, readonly Command[]> {
  const index = new Map<string, Command[]>();
  for (const command of commands) {
    for (const type of [...Object.keys(command.success), ...Object.keys(command.failure ?? {})]) {
      index.set(type, [...(index.get(type) ?? []), command]);
    }
  }
  return index;
}
