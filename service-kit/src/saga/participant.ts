import type { CloudEvent, Expect, Recorded, StreamName, Subject, SubjectFilter } from '@souk/event-channel';
import { cloudEvent } from '../cloud-event.ts';
import { reactor } from '../reactor.ts';
import type { Commit, Reactor, ReactorContext, ReactorOptions } from '../reactor.ts';
import type { Database } from '../sqlite.ts';
import { traceIdOf } from '../trace.ts';
import { effectKey, parseSagaCommandId } from './command-id.ts';

/** What a participant answers: events of one commit. */
export interface SagaAnswer {
  readonly subject: Subject;
  readonly events: readonly { readonly type: string; readonly data: unknown }[];
  /** Guards the decision: when somebody was faster, the command is handled again. @default 'any' */
  readonly expect?: Expect;
  /** What changes in the participant's own database, with the note that the command is handled. */
  readonly commit?: Commit;
}

export interface SagaCommandContext extends ReactorContext {
  /** The same for every attempt at this effect: what was done under it must not be done again. */
  readonly key: string;
  readonly sagaId: string;
  readonly attempt: number;
  /** The command where it stands in the log. */
  readonly recorded: Recorded;
}

/**
 * Does what a command asks for. `undefined`: no answer now, and none of this attempt. It may run again under the same key
 * after a crash between its effect and its answer, so it hands the key on to whatever takes effect outside the log.
 */
export type SagaCommandHandler = (command: CloudEvent, context: SagaCommandContext) => Promise<SagaAnswer | undefined>;

export interface SagaParticipantOptions extends Omit<
  ReactorOptions,
  'handle' | 'types' | 'inbox' | 'stream' | 'filter'
> {
  /** Stream of the sagas that it takes part in: `cart`. */
  readonly stream: StreamName;
  /** @default `<stream>.saga.>` */
  readonly filter?: SubjectFilter;
  /** CloudEvents source of the answers: `/catalog`. */
  readonly source: string;
  /**
   * Types of commands whose handler runs at every attempt, in place of an earlier answer: where what was done under a key may
   * have been undone since by another command, and who is asked knows both. @default none
   */
  readonly askedAnew?: readonly string[];
  /** By the type of the command. */
  readonly commands: Readonly<Record<string, SagaCommandHandler>>;
}

/**
 * Takes part in sagas: does what their commands ask for, and answers with events caused by the command, which is how the
 * saga knows them. An effect takes place once, however often the command comes: the inbox knows a delivery, the key knows
 * an attempt, and an answer's id follows from the command's, so that a second append of it is none. Another attempt at
 * what was answered already gets the same answer again, without the handler, save for `askedAnew`.
 */
export function sagaParticipant(options: SagaParticipantOptions): Reactor {
  const { name, stream, filter = `${stream}.saga.>`, source, commands, askedAnew = [], ...rest } = options;
  const { channel, db } = rest;

  const earlierAnswer = async (key: string): Promise<SagaAnswer | undefined> => {
    const place = findAnswer(db, name, key);
    if (place === undefined) return undefined;
    const events: CloudEvent[] = [];
    for await (const { event } of channel.read(place.subject, { to: place.position })) {
      if (event.causationid === place.command_id) events.push(event);
    }
    return events.length === 0 ? undefined : { subject: place.subject, events };
  };

  return reactor({
    ...rest,
    ...{ name, stream, filter, types: Object.keys(commands) },
    async handle(recorded, context) {
      const { event } = recorded;
      const id = parseSagaCommandId(event.id);
      if (id === undefined) return undefined;
      const key = effectKey(event.id);
      const { sagaId, attempt } = id;
      const earlier = askedAnew.includes(event.type) ? undefined : await earlierAnswer(key);
      const begun = performance.now();
      const answer = earlier ?? (await commands[event.type]?.(event, { ...context, key, sagaId, attempt, recorded }));
      const answered = answer?.events.map(({ type }) => type) ?? [];
      const about = { participant: name, traceId: traceIdOf(event.traceparent), sagaId, attempt, command: event.type };
      const durationMs = Math.round(performance.now() - begun);
      options.log?.info({ ...about, answered, durationMs }, 'saga command handled');
      if (answer === undefined) return undefined;
      const { subject, expect = 'any', commit } = answer;
      const events = answer.events.map(({ type, data }, index) =>
        cloudEvent({ type, source, data, cause: recorded, id: `${event.id}-${index + 1}` }),
      );
      const { position } = await channel.append(subject, events, { expect });
      return (db) => {
        commit?.(db);
        if (earlier === undefined) noteAnswer(db, name, key, event.id, subject, position);
      };
    },
  });
}

interface AnswerRow {
  readonly command_id: string;
  readonly subject: Subject;
  readonly position: number;
}

function findAnswer(db: Database, name: string, key: string): AnswerRow | undefined {
  const sql = 'SELECT command_id, subject, position FROM souk_saga_answer WHERE participant = ? AND key = ?';
  return db.get<AnswerRow>(sql, name, key);
}

/** Keeps the place, not the content: what an answer says is read from the log. */
function noteAnswer(db: Database, name: string, key: string, id: string, subject: Subject, position: number): void {
  const sql = `INSERT OR IGNORE INTO souk_saga_answer (participant, key, command_id, subject, position) VALUES (?, ?, ?, ?, ?)`;
  db.run(sql, name, key, id, subject, position);
}
