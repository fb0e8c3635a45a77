import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Conflict, Invalid, Unprocessable } from './api-error.ts';

/** What an `Idempotency-Key` means: who sends it, where, and with what. */
export interface KeyedRequest {
  readonly key: string;
  readonly caller: string;
  /** Method and pattern of the route. */
  readonly route: string;
  /** 43 URL-safe characters that follow from caller, route and key. */
  readonly operationId: string;
  /** Equal for requests that ask for the same; 43 URL-safe characters. */
  readonly fingerprint: string;
}

const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * Reads the `Idempotency-Key` header of a request; `undefined` when there is none.
 * @throws {Invalid} `idempotency-key-missing`: it is there, and no key
 */
export function readIdempotencyKey(request: FastifyRequest): KeyedRequest | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) throw keyMissing();
  const route = `${request.method} ${request.routeOptions.url ?? ''}`;
  const caller = request.session.shopperId;
  return {
    ...{ key, route, caller },
    operationId: digest(JSON.stringify([caller, route, key])),
    fingerprint: digest(canonical({ params: request.params, body: request.body })),
  };
}

/** The header is needed here. */
export function keyMissing(): Invalid {
  const errors = [{ pointer: '/headers/idempotency-key', detail: 'must be 1 to 255 visible ASCII characters' }];
  return new Invalid('idempotency-key-missing', 'send an Idempotency-Key header', { errors });
}

/** Same key, other content. */
export function keyReused(): Unprocessable {
  return new Unprocessable('idempotency-key-reused', 'this Idempotency-Key was used for another request');
}

/**
 * Same key, same content, and no answer yet.
 * @param details where the answer will be, when that is known
 */
export function stillRunning(details?: Readonly<Record<string, unknown>>): Conflict {
  const message = 'the first request with this key is still running';
  return new Conflict('still-running', message, { retryAfterMs: 1000, ...(details === undefined ? {} : { details }) });
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
