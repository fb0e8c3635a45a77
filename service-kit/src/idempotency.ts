import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Conflict, Invalid, Unprocessable } from './api-error.ts';
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

const KEY = /^[\x21-\x7e]{1,255}$/;
const RETENTION_DEFAULT_MS = 24 * 60 * 60 * 1000;

/** Idempotency for the commands of one backend: `(request, reply) => idempotent(request, reply, async () => …)`. */
export function idempotency(options: IdempotencyOptions): Idempotent {
  const { db, retentionMs = RETENTION_DEFAULT_MS, clock = () => new Date() } = options;
  // In memory, not in the table: after a crash nothing is running, and a row that says so would block the key.
  const running = new Set<string>();

  return async (request, reply, command) => {
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string' || !KEY.test(key)) {
      const errors = [{ pointer: '/headers/idempotency-key', detail: 'must be 1 to 255 visible ASCII characters' }];
      throw new Invalid('idempotency-key-missing', 'send an Idempotency-Key header', { errors });
    }
    const route = `${request.method} ${request.routeOptions.url ?? ''}`;
    const caller = request.session.shopperId;
    const fingerprint = digest(canonical({ params: request.params, body: request.body }));
    const operationId = digest(JSON.stringify([caller, route, key]));

    const kept = readAnswer(db, route, caller, key, clock().getTime() - retentionMs);
    if (kept !== undefined) {
      if (kept.fingerprint !== fingerprint) {
        throw new Unprocessable('idempotency-key-reused', 'this Idempotency-Key was used for another request');
      }
      return sendAnswer(reply.header('idempotency-replayed', 'true'), JSON.parse(kept.answer) as Answer);
    }
    if (running.has(operationId)) {
      throw new Conflict('still-running', 'the first request with this key is still running', { retryAfterMs: 1000 });
    }
    running.add(operationId);
    try {
      const answer = await command({ operationId });
      if (answer.status < 400) {
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

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** JSON with sorted names: two bodies that mean the same read the same. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
