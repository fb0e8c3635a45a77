import type { IncomingMessage } from 'node:http';
import type { Visitor } from '../session/visitors.ts';

const visitors = new WeakMap<IncomingMessage, Visitor>();

/** Remembers who sent a request; the front door does this once, before anybody else sees it. */
export const setVisitor = (req: IncomingMessage, visitor: Visitor): void => {
  visitors.set(req, visitor);
};

/** Who sent this request. @throws when the request did not come through the front door */
export const visitorOf = (req: IncomingMessage): Visitor => {
  const visitor = visitors.get(req);
  if (!visitor) throw new Error('this request has no visitor');
  return visitor;
};

/** The same, for answers that are given before anybody is known, or without a session. */
export const maybeVisitorOf = (req: IncomingMessage): Visitor | undefined => visitors.get(req);
