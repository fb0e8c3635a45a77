import formbody from '@fastify/formbody';
import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { EventChannel } from '@souk/event-channel';
import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NotFound } from './api-error.ts';
import { describeApi } from './describe-api.ts';
import { drainOnClose } from './drain.ts';
import type { Follower } from './follower.ts';
import { readiness } from './health.ts';
import type { Check } from './health.ts';
import { newId } from './ids.ts';
import type { Logger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { PROBLEM_MEDIA_TYPE, toProblem } from './problem-details.ts';
import { SESSION_HEADER, verifySession } from './session.ts';
import type { Session } from './session.ts';
import { acceptRequestId, continueTrace } from './trace.ts';
import type { Cause } from './trace.ts';
import type { SoukApp } from './souk-app.ts';
import { addUpkeepRoutes } from './upkeep/upkeep-routes.ts';
import { validatorCompiler } from './validation.ts';

export type { SoukApp };

export interface AppOptions {
  /** Owner of everything under `/api/<name>/`. */
  readonly name: string;
  /** Of the API, as shown in its OpenAPI document. */
  readonly version: string;
  readonly log: Logger;
  /** Shared with the gateway, which signs sessions with it. */
  readonly sessionSecret: string;
  /** What must work before requests make sense, by name. */
  readonly checks?: Readonly<Record<string, Check>>;
  /** Projections and reactors, for `/readyz` and `/metrics`. */
  readonly followers?: readonly Follower[];
  /** Shown with its promises in `/readyz`. */
  readonly channel?: EventChannel;
  readonly clock?: () => Date;
  /** @default 65_536 bytes */
  readonly bodyLimit?: number;
  /** How long `close` waits for requests at hand. @default 5000 milliseconds */
  readonly drainMs?: number;
}

/**
 * A Fastify app as every backend needs it: session check, problem documents for every error, `request.cause`, request
 * log without anything private, and under `/api/<name>/`: `healthz`, `readyz`, `metrics`, `openapi.json`, and for staff
 * `projections` and `dead-letters` of its followers.
 * `close()` refuses new requests with 503 and waits for those at hand, also when the app is mounted in another server.
 */
export function createApp(options: AppOptions): SoukApp {
  const { name, log, sessionSecret, clock = () => new Date() } = options;
  const metrics = createMetrics(name, options.followers ?? []);
  const sessions = new WeakMap<FastifyRequest, Session>();
  const causes = new WeakMap<FastifyRequest, Cause>();

  const app: SoukApp = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: options.bodyLimit ?? 64 * 1024,
    requestIdHeader: false,
    genReqId: (request) => acceptRequestId(request.headers['x-request-id']) ?? newId('r'),
    return503OnClosing: false,
    routerOptions: { maxParamLength: 512 },
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply as unknown as FastifyReply),
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.setValidatorCompiler(validatorCompiler as Parameters<typeof app.setValidatorCompiler>[0]);
  app.removeContentTypeParser('text/plain');
  app.register(formbody, { bodyLimit: options.bodyLimit ?? 64 * 1024 });
  // Called, not registered: a registered plugin would load after the routes that the caller is about to add, and miss them.
  swagger(app as unknown as FastifyInstance, describeApi(options), () => undefined);

  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  app.setNotFoundHandler(() => {
    throw new NotFound();
  });

  app.decorate('metricsRegistry', metrics.registry);
  app.decorateRequest('session', {
    getter(this: FastifyRequest) {
      let session = sessions.get(this);
      if (session === undefined) {
        session = verifySession(this.headers[SESSION_HEADER], sessionSecret, clock().getTime());
        sessions.set(this, session);
      }
      return session;
    },
  });
  app.decorateRequest('cause', {
    getter(this: FastifyRequest) {
      let cause = causes.get(this);
      if (cause === undefined) {
        const traceparent = continueTrace(this.headers['traceparent']);
        cause = { correlationid: this.id, causationid: this.id, traceparent };
        causes.set(this, cause);
      }
      return cause;
    },
  });

  drainOnClose(app as unknown as FastifyInstance, options.drainMs ?? 5000);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (request.is404 || request.routeOptions.config.public === true) return;
    void request.session;
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? '(unknown)';
    const { method } = request;
    metrics.observeRequest(method, route, reply.statusCode, reply.elapsedTime / 1000);
    const durationMs = Math.round(reply.elapsedTime * 100) / 100;
    request.log.info({ method, route, status: reply.statusCode, durationMs }, 'request');
  });

  const system = { config: { public: true }, schema: { hide: true }, logLevel: 'warn' } as const;
  app.get(`/api/${name}/healthz`, system, async () => ({ status: 'alive' }));
  app.get(`/api/${name}/readyz`, system, async (_request, reply) => {
    const answer = await readiness(options);
    return reply.code(answer.status === 'not-ready' ? 503 : 200).send(answer);
  });
  app.get(`/api/${name}/metrics`, system, async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
  app.get(`/api/${name}/openapi.json`, system, async () => app.swagger());
  addUpkeepRoutes(app, options);
  return app;
}

/** The one way out for errors. What is not the caller's business is logged and not said. */
function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { problem, headers } = toProblem(error, request.id);
  const route = request.routeOptions.url ?? '(unknown)';
  if (problem.status >= 500) request.log.error({ err: error, route, code: problem.code }, 'request failed');
  return reply.code(problem.status).headers(headers).type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(problem));
}
