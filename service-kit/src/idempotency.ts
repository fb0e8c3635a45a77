import type { FastifyReply, FastifyRequest } from 'fastify';
import { keyMissing, keyReused, readIdempotencyKey, stillRunning } from './idempotency-key.ts';
import type { Database } from './sqlite.ts';

/** What a command answers, in the form that is kept. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface IdempotencyOptions {
  readonly db: Database;
  /** How long an answer is kept. @default 86_400_000 milliseconds, a day */
  readonly retentionMs?: number;
  readonly clock?: () => Date;
}

export interface CommandContext {
  /**
   * 43 URL-safe characters that follow from caller, route and key: make ids from it, and a retry after a crash makes the
   * same ones again, so that the append finds its first self.
   */
  readonly operationId: string;
}

/**
 * Runs a command at most once per caller, route and `Idempotency-Key` header; a repetition gets the first answer again
 * with `idempotency-replayed: true`. Only answers below 400 are kept: after an error nothing has happened.
 * @throws {Invalid} `idempotency-key-missing`
 * @throws {Unprocessable} `idempotency-key-reused`: same key, other body
 * @throws {Conflict} `still-running`: the first one has not answered yet
 */
export type Idempotent = (
  request: FastifyRequest,
  reply: FastifyReply,
  command: (context: CommandContext) => Promise<Answer>,
) => Promise<FastifyReply>;

const RETENTION_DEFAULT_MS = 24 * 60 * 60 * 1000;

/** Idempotency for the commands of one backend: `(request, reply) => idempotent(request, reply, async () => …)`. */
export function idempotency(options: IdempotencyOptions): Idempotent {
  const { db, retentionMs = RETENTION_DEFAULT_MS, clock = () => new Date() } = options;
  // In memory, not in the table: after a crash nothing is running, and a row that says so would block the key.
  const running = new Set<string>();

  return async (request, reply, command) => {
    const keyed = readIdempotencyKey(request);
    if (keyed === undefined) throw keyMissing();
    const { key, route, caller, operationId, fingerprint } = keyed;

    const kept = readAnswer(db, route, caller, key, clock().getTime() - retentionMs);
    if (kept !== undefined) {
      if (kept.fingerprint !== fingerprint) throw keyReused();
      return sendAnswer(reply.header('idempotency-replayed', 'true'), JSON.parse(kept.answer) as Answer);
    }
    if (running.has(operationId)) throw stillRunning();
    running.add(operationId);
    try {
      const answer = await command({ operationId });
      if (answer.status < 400) {
        while (db.lent) await db.lent;
        const nowMs = clock().getTime();
        db.transaction(() => {
          db.run('DELETE FROM souk_idempotency WHERE stored_at < ?', nowMs - retentionMs);
          db.run(
            `INSERT OR REPLACE INTO souk_idempotency (route, caller, key, fingerprint, answer, stored_at)
             VALUES (?, ?, ?, ?, ?, ?)`,
            route,
            caller,
            key,
            fingerprint,
            JSON.stringify(answer),
            nowMs,
          );
        });
      }
      return sendAnswer(reply, answer);
    } finally {
      running.delete(operationId);
    }
  };
}

function readAnswer(db: Database, route: string, caller: string, key: string, notBeforeMs: number) {
  return db.get<{ fingerprint: string; answer: string }>(
    `SELECT fingerprint, answer FROM souk_idempotency
     WHERE route = ? AND caller = ? AND key = ? AND stored_at >= ?`,
    route,
    caller,
    key,
    notBeforeMs,
  );
}

function sendAnswer(reply: FastifyReply, { status, headers = {}, body }: Answer): FastifyReply {
  return reply
    .code(status)
    .headers({ ...headers })
    .send(body);
}
