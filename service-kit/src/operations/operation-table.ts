import type { Position, Recorded, Subject } from '@souk/event-channel';
import type { Database } from '../sqlite.ts';
import type { Command } from './command.ts';

/** A command that was given, and its answer's place in the log when there is one. */
export interface Operation {
  readonly id: string;
  readonly command: string;
  /** What the answer has in common with the command: the id that caused it, or the conversation. */
  readonly trail: string;
  readonly owner: string;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  readonly answer?: { readonly subject: Subject; readonly position: Position };
}

/** Operations as the log tells them. Keeps places, not contents: what an answer says is read from the log. */
export interface OperationTable {
  find(id: string): Operation | undefined;
  /** The operation whose id begins like this, if there is one. */
  findByPrefix(prefix: string): Operation | undefined;
  findByTrail(command: string, trail: string): Operation | undefined;
  /** Notes a command; one that is noted already stays as it is. */
  begin(command: Command, event: Recorded): void;
  /** Notes an answer, before or after its command; the first one counts. Tells whether it was the first. */
  settle(command: Command, trail: string, event: Recorded): boolean;
}

interface OperationRow {
  readonly id: string;
  readonly command: string;
  readonly trail: string;
  readonly owner: string;
  readonly started_at: string;
  readonly subject: string | null;
  readonly position: number | null;
}

const SELECT = `SELECT id, command, trail, owner, started_at, subject, position
                FROM souk_operation LEFT JOIN souk_operation_answer USING (command, trail)`;

export function operationTable(db: Database): OperationTable {
  return {
    find: (id) => toOperation(db.get<OperationRow>(`${SELECT} WHERE id = ?`, id)),
    // `~` sorts after every character of an id.
    findByPrefix: (prefix) =>
      toOperation(db.get<OperationRow>(`${SELECT} WHERE id BETWEEN ? AND ? LIMIT 1`, prefix, `${prefix}~`)),
    findByTrail(command, trail) {
      // Mostly the trail is the id; the index over the others is partial, so that those cost nothing.
      const direct = db.get<OperationRow>(`${SELECT} WHERE id = ?`, trail);
      if (direct?.command === command) return toOperation(direct);
      return toOperation(
        db.get<OperationRow>(`${SELECT} WHERE command = ? AND trail = ? AND trail <> id`, command, trail),
      );
    },
    begin(command, { event }) {
      const sql = `INSERT OR IGNORE INTO souk_operation (id, command, trail, owner, started_at) VALUES (?, ?, ?, ?, ?)`;
      const owner = command.owner(event.data as never);
      db.run(sql, event.id, command.name, commandTrail(command, event), owner, event.time);
    },
    settle(command, trail, { subject, position }) {
      const sql = `INSERT OR IGNORE INTO souk_operation_answer (command, trail, subject, position) VALUES (?, ?, ?, ?)`;
      return db.run(sql, command.name, trail, subject, position).changes > 0;
    },
  };
}

/** What an answer to this command will be known by. */
export function commandTrail(command: Command, event: Recorded['event']): string {
  return command.answeredBy === 'correlation' ? event.correlationid : event.id;
}

/** What this event would be the answer to. */
export function answerTrail(command: Command, event: Recorded['event']): string | undefined {
  return command.answeredBy === 'correlation' ? event.correlationid : event.causationid;
}

function toOperation(row: OperationRow | undefined): Operation | undefined {
  if (row === undefined) return undefined;
  const { started_at: startedAt, subject, position, ...rest } = row;
  return { ...rest, startedAt, ...(subject === null || position === null ? {} : { answer: { subject, position } }) };
}
