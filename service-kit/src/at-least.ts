import type { StreamName } from '@souk/event-channel';
import type { preHandlerAsyncHookHandler } from 'fastify';
import { Invalid } from './api-error.ts';
import type { Projection } from './projection.ts';

export interface AtLeastOptions {
  /** How long a query waits. @default 2000 milliseconds */
  readonly timeoutMs?: number;
  /** Whose positions are meant. @default the projection's first source */
  readonly stream?: StreamName;
}

const POSITION = /^\d{1,15}$/;

/**
 * Guard of a query that may be asked for one's own write: `{ preHandler: atLeast(projection) }`. With the header
 * `If-Position-At-Least: N` the query waits until its read model holds everything up to position N.
 * @throws {Invalid} `invalid-position`
 * @throws {Stale} not in time; ask again
 */
export function atLeast(projection: Projection, options: AtLeastOptions = {}): preHandlerAsyncHookHandler {
  return async (request) => {
    const header = request.headers['if-position-at-least'];
    if (header === undefined) return;
    if (typeof header !== 'string' || !POSITION.test(header)) {
      const errors = [{ pointer: '/headers/if-position-at-least', detail: 'must be a position: a whole number' }];
      throw new Invalid('invalid-position', 'If-Position-At-Least is not a position', { errors });
    }
    await projection.waitFor(Number(header), options);
  };
}
