import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';
import type { Session } from './session.ts';
import type { Cause } from './trace.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks. On a route marked `public` it throws {@link Unauthenticated} when nobody vouches for the caller. */
    readonly session: Session;
    /** For `cloudEvent({ cause: request.cause, … })`. */
    readonly cause: Cause;
  }
  interface FastifyInstance {
    /** What `/metrics` shows, for numbers of one's own. */
    readonly metricsRegistry: Registry;
  }
  interface FastifyContextConfig {
    /** Answers without a session: `{ config: { public: true } }`. */
    public?: boolean;
  }
}

/** A Fastify app whose routes are typed by their TypeBox schemas. */
export type SoukApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;
