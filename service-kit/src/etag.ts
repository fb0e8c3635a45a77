import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A weak entity tag of a body: equal for equal JSON. */
export function etagOf(body: unknown): string {
  return `W/"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22)}"`;
}

/**
 * A weak entity tag of a state that moves with a position; cheaper than {@link etagOf}, as nothing has to be read first.
 * @param scope whatever else the answer depends on: the session, the query
 */
export function positionTag(position: number, scope = ''): string {
  return scope === ''
    ? `W/"p${position}"`
    : `W/"p${position}-${createHash('sha256').update(scope).digest('base64url').slice(0, 12)}"`;
}

/**
 * Writes the tag and tells whether the caller has this state already; then answer with `reply.code(304).send()`.
 * Answers depend on who asks, so only the browser may keep them, and it must ask again each time.
 */
export function notModified(request: FastifyRequest, reply: FastifyReply, tag: string): boolean {
  reply.header('etag', tag);
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'private, no-cache');
  const header = request.headers['if-none-match'];
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((candidate) => opaque(candidate) === opaque(tag));
}

/**
 * The body, or 304 without one when the caller has it already: `return sendWithEtag(request, reply, body)`.
 * Costs a hash of the JSON; see {@link positionTag} for the cheap way.
 */
export function sendWithEtag(request: FastifyRequest, reply: FastifyReply, body: unknown): FastifyReply {
  return notModified(request, reply, etagOf(body)) ? reply.code(304).send() : reply.send(body);
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, '');
}
