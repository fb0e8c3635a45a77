import formbody from '@fastify/formbody';
import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { EventChannel } from '@souk/event-channel';
import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NotFound } from './api-error.ts';
import { waitForOwnWrites } from './at-least.ts';
import { describeApi } from './describe-api.ts';
import { drainOnClose } from './drain.ts';
import type { Follower } from './follower.ts';
import { readiness } from './health.ts';
import type { Check } from './health.ts';
import { newId } from './ids.ts';
import { lazyChild } from './lazy-child.ts';
import type { Logger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { PROBLEM_MEDIA_TYPE, toProblem } from './problem-details.ts';
import { SESSION_HEADER, sessionVerifier } from './session.ts';
import type { Session } from './session.ts';
import { addLogRoute } from './log-route.ts';
import { acceptRequestId, continueTrace, traceIdOf } from './trace.ts';
import type { Cause } from './trace.ts';
import type { SoukApp } from './souk-app.ts';
import { addUpkeepRoutes, projectionsOf } from './upkeep/upkeep-routes.ts';
import { validatorCompiler } from './validation.ts';

export type { SoukApp };

const SESSION = Symbol('session');
const CAUSE = Symbol('cause');

/** What is worked out once per request, when somebody asks. */
interface Memo {
  [SESSION]?: Session;
  [CAUSE]?: Cause;
}

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
  const verifySession = sessionVerifier(sessionSecret);

  const app: SoukApp = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    childLoggerFactory: (parent, bindings, childOptions) => lazyChild(parent, bindings, childOptions),
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
  app.decorateRequest(SESSION, undefined);
  app.decorateRequest('session', {
    getter(this: FastifyRequest & Memo) {
      return (this[SESSION] ??= verifySession(this.headers[SESSION_HEADER], clock().getTime()));
    },
  });
  app.decorateRequest(CAUSE, undefined);
  app.decorateRequest('cause', {
    getter(this: FastifyRequest & Memo) {
      return (this[CAUSE] ??= causeOfRequest(this));
    },
  });

  drainOnClose(app as unknown as FastifyInstance, options.drainMs ?? 5000);
  // Hooks with a callback: a promise for each would cost a request as much as looking up its route.
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    if (!request.is404 && request.routeOptions.config.public !== true) void request.session;
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { url: route = '(unknown)', logLevel } = request.routeOptions;
    const { method, id: requestId } = request;
    metrics.observeRequest(method, route, reply.statusCode, reply.elapsedTime / 1000);
    const durationMs = Math.round(reply.elapsedTime * 100) / 100;
    const traceId = traceIdOf((request as Memo)[CAUSE]?.traceparent);
    const line = { requestId, ...(traceId && { traceId }), method, route, status: reply.statusCode, durationMs };
    // With the app's own logger: a child for this one line would cost more than the line.
    if (!logLevel) log.info(line, 'request');
    done();
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
  const projections = projectionsOf(options.followers ?? []);
  waitForOwnWrites(app, name, projections);
  addUpkeepRoutes(app, { ...options, projections });
  addLogRoute(app, name, log);
  return app;
}

function causeOfRequest({ id, headers }: FastifyRequest): Cause {
  return { correlationid: id, causationid: id, traceparent: continueTrace(headers['traceparent']) };
}

/** The one way out for errors. What is not the caller's business is logged and not said. */
function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { problem, headers } = toProblem(error, request.id);
  const route = request.routeOptions.url ?? '(unknown)';
  if (problem.status >= 500) {
    // What Fastify itself refuses has no cause yet.
    const traceId = traceIdOf((request as Partial<FastifyRequest>).cause?.traceparent);
    request.log.error({ err: error, route, traceId, code: problem.code }, 'request failed');
  }
  return reply.code(problem.status).headers(headers).type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(problem));
}
