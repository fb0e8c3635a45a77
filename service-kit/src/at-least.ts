import type { Position, StreamName } from '@souk/event-channel';
import type { FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { Invalid } from './api-error.ts';
import type { Projection } from './projection.ts';
import type { SoukApp } from './souk-app.ts';

export interface AtLeastOptions {
  /** How long a query waits. @default 2000 milliseconds */
  readonly timeoutMs?: number;
  /** Whose positions are meant. @default the projection's first source */
  readonly stream?: StreamName;
}

const HEADER = 'if-position-at-least';
const POSITION = /^\d{1,15}$/;

/** The header in an OpenAPI document. */
export const AT_LEAST_HEADER = {
  [HEADER]: {
    type: 'integer',
    minimum: 0,
    description:
      'Position that a command answered with: the query waits until it shows everything up to there, and after two seconds answers 409 `stale`',
  },
} as const;

/**
 * Guard of a query that may be asked for one's own write: `{ preHandler: atLeast(projection) }`. With the header
 * `If-Position-At-Least: N` the query waits until its read model holds everything up to position N.
 * @throws {Invalid} `invalid-position`
 * @throws {Stale} not in time; ask again
 */
export function atLeast(projection: Projection, options: AtLeastOptions = {}): preHandlerAsyncHookHandler {
  return async (request) => {
    const position = positionWanted(request);
    if (position !== undefined) await projection.waitFor(position, options);
  };
}

/**
 * The same for every `GET` of a backend: each waits for all of its read models that follow the stream of its own name,
 * whose positions its commands answer with. What needs another stream is guarded by {@link atLeast} as well.
 */
export function waitForOwnWrites(app: SoukApp, stream: StreamName, projections: readonly Projection[]): void {
  const own = projections.filter(({ streams }) => streams.includes(stream));
  if (own.length === 0) return;
  app.addHook('preHandler', async (request) => {
    if (request.method !== 'GET' || request.is404 || request.routeOptions.schema?.hide === true) return;
    const position = positionWanted(request);
    if (position === undefined) return;
    await Promise.all(own.map((projection) => projection.waitFor(position, { stream })));
  });
}

function positionWanted({ headers }: FastifyRequest): Position | undefined {
  const header = headers[HEADER];
  if (header === undefined) return undefined;
  if (typeof header === 'string' && POSITION.test(header)) return Number(header);
  const errors = [{ pointer: `/headers/${HEADER}`, detail: 'must be a position: a whole number' }];
  throw new Invalid('invalid-position', 'If-Position-At-Least is not a position', { errors });
}
