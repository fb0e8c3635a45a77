import type { FastifyReply, FastifyRequest } from 'fastify';
import { visitorOf } from '../front/visitor-of.ts';
import type { SessionEnder } from './end-session.ts';
import type { Visitor, Visitors } from './visitors.ts';

/** Answers a request with another session in place of the one it came with, and a page to go to. */
export type Become = (request: FastifyRequest, reply: FastifyReply, next: Visitor, path: string) => Promise<unknown>;

/** @param onEnd called when a session is over, so that whatever hangs on it ends too; the answer waits for it */
export const becoming =
  (visitors: Visitors, onEnd: SessionEnder): Become =>
  async (request, reply, next, path) => {
    const before = visitorOf(request.raw);
    visitors.signOut(before);
    await onEnd(before, next);
    return reply.header('set-cookie', visitors.cookie(next)).header('cache-control', 'no-store').redirect(path, 303);
  };
