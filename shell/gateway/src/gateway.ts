import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { join } from 'node:path';
import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { EventChannel } from '@souk/event-channel';
import { NotFound, openDatabase, openKeyStore } from '@souk/service-kit';
import type { Logger } from '@souk/service-kit';
import { openTokens, registryRoutes } from '@souk/shell-registry';
import type { Registry } from '@souk/shell-registry';
import { accountRoutes } from './account/account-routes.ts';
import { createAccounts } from './account/accounts.ts';
import { createChallenges } from './account/challenges.ts';
import { eraseCustomers } from './account/erase-customers.ts';
import { createPasskeys } from './account/passkeys.ts';
import { relyingParty } from './account/relying-party.ts';
import { assetRoutes } from './assets/assets.ts';
import { faviconRoutes } from './assets/favicon.ts';
import { watchFiles } from './assets/file-watch.ts';
import type { Backends } from './backends.ts';
import { announceChanges } from './composition/announce.ts';
import { composer } from './composition/composition.ts';
import { deploymentRoutes } from './composition/deployment-routes.ts';
import { errorAnswers, problemAnswers } from './errors/error-answer.ts';
import { sitemapRoutes } from './found/sitemap.ts';
import { requestForms } from './forms/request-forms.ts';
import { reply as answerWith } from './front/answer.ts';
import { acceptForms } from './front/form-body.ts';
import { frontDoor } from './front/front-door.ts';
import type { PolicyException } from './front/headers.ts';
import { maybeVisitorOf } from './front/visitor-of.ts';
import { localeRoutes } from './locale/locale-routes.ts';
import { createLocales, defaultRates } from './locale/locale.ts';
import type { Rates } from './locale/locale.ts';
import { opsRoutes } from './ops-routes.ts';
import { overrideCookie } from './overrides/override-cookie.ts';
import { overrideRoutes } from './overrides/override-routes.ts';
import { documentWriter } from './page/document.ts';
import { createFragments } from './page/fragments.ts';
import { readPageBuild } from './page/page-build.ts';
import { pageRoutes } from './page/page-routes.ts';
import { createPages } from './page/pages.ts';
import { createPushHub } from './push/push-hub.ts';
import { defaultPushLimits } from './push/push-limits.ts';
import type { PushLimits } from './push/push-limits.ts';
import { pushRoutes } from './push/push-routes.ts';
import { watchHealth } from './reports/health-watch.ts';
import { reportRoutes } from './reports/report-routes.ts';
import { sessionCookies } from './session/cookie.ts';
import { passwordCheck } from './session/password.ts';
import { becoming } from './session/become.ts';
import { appendEnd, sessionEnder } from './session/end-session.ts';
import { sessionRoutes } from './session/session-routes.ts';
import { openSessions, shellMigrations } from './session/sessions.ts';
import { createVisitors, isStaff } from './session/visitors.ts';

/** What the gateway stands on. */
export interface GatewayOptions {
  readonly channel: EventChannel;
  readonly registry: Registry;
  /** Read at every request: a backend may be put in, or taken out, at any time; without one its API answers 503. */
  readonly backends: Backends;
  /** Folder of the page's build: `shell/page/dist`. */
  readonly pageDir: string;
  /** Folder for `shell.db`. */
  readonly dataDir: string;
  /** Folder for the keys that seal what customers tell of themselves; never longer than the log. @default `dataDir` */
  readonly keysDir?: string;
  /** Whether this gateway erases customers who are to be erased; one of a channel in this process does. @default true */
  readonly erasesCustomers?: boolean;
  readonly log: Logger;
  /** Signs cookies and vouches for sessions; 32 characters or more. */
  readonly sessionSecret: string;
  readonly staffPassword: string;
  /** @default 'localhost' */
  readonly host?: string;
  /** `0` = any free one. @default 3000 */
  readonly port?: number;
  /** Where browsers reach the shop, when that is not `http://host:port`; `https://…` makes cookies Secure. */
  readonly origin?: string;
  /** @default the system's */
  readonly clock?: () => Date;
  /** Time a fragment may take before the page goes out without it. @default 150 milliseconds */
  readonly fragmentBudgetMs?: number;
  /** Time until a backend must have begun to answer. @default 30_000 milliseconds */
  readonly answerTimeoutMs?: number;
  /** What prices can be shown in beside EUR, such as `defaultRates`. @default none, until all micro frontends show them */
  readonly rates?: Rates;
  readonly push?: Partial<PushLimits>;
  /** @default none */
  readonly policyExceptions?: readonly PolicyException[];
}

/** The shop's front: pages, assets, sessions, APIs and the push stream under one address. */
export interface Gateway {
  /**
   * Opens the port.
   * @returns the address, such as `http://localhost:3000`
   * @throws with code `EADDRINUSE` when the port is taken
   */
  listen(): Promise<string>;
  /** Ends streams, lets running requests finish, closes the port and the file. */
  close(): Promise<void>;
}

/** Time and room that one connection may take. */
const serverLimits = {
  // In its place `bodyTimeoutMs`, which lets a large file take its time.
  requestTimeout: 0,
  headersTimeout: 10_000,
  maxHeaderSize: 16 * 1024,
  keepAliveTimeout: 10_000,
};

/** Time in which a request's body must be whole. */
const bodyTimeoutMs = 30_000;

/** How long closing waits for requests at hand. */
const drainMs = 5_000;

/** A host as it stands in an address; who listens everywhere is reached as localhost. */
const nameOf = (host: string): string => {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
};

/** @throws {PageNotBuilt} */
export const createGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const { channel, registry, backends, log, sessionSecret, clock = () => new Date() } = options;
  const { host = 'localhost', port = 3000, origin } = options;
  const secure = origin?.startsWith('https:') ?? false;
  let address = origin ?? `http://${host}:${port}`;

  const page = readPageBuild(options.pageDir);
  const db = openDatabase({ file: join(options.dataDir, 'shell.db'), migrations: shellMigrations });
  const cookies = sessionCookies(sessionSecret, secure);
  const sessions = openSessions(db, clock);
  const visitors = createVisitors({ cookies, sessions, sessionSecret, clock });
  const hub = await createPushHub({ channel, log, limits: { ...defaultPushLimits, ...options.push } });
  const files = watchFiles({ registry, channel, log });
  const fragments = createFragments({ registry, files, backends, log, budgetMs: options.fragmentBudgetMs ?? 150 });
  const compose = composer(registry);
  const overrides = overrideCookie(sessionSecret, secure);
  const locales = createLocales(options.rates ?? { ...defaultRates, perEuro: {} });
  const write = documentWriter(page, locales.currencies);
  const pages = createPages({
    ...{ channel, compose, fragments, epoch: () => hub.epoch, write },
    policyExceptions: options.policyExceptions ?? [],
  });
  const health = watchHealth({ channel, registry, log, clock });
  const endAnnouncing = announceChanges(registry, channel, log);
  const answerProblem = problemAnswers(pages);
  const answerError = errorAnswers(answerProblem);

  const endSession = async (sessionId: string, holderId: string) => {
    hub.endSession(sessionId);
    for (const each of [sessionId, holderId]) await appendEnd(channel, each);
  };
  const keys = openKeyStore({ file: join(options.keysDir ?? options.dataDir, 'keys-account.db') });
  const challenges = createChallenges(sessionSecret, clock);
  const signOutEverywhere = async (holderId: string) => {
    for (const { publicId } of sessions.of(holderId)) {
      sessions.close(publicId);
      await endSession(publicId, holderId);
    }
  };
  const erasures =
    (options.erasesCustomers ?? true) ? eraseCustomers({ channel, keys, log, signOutEverywhere }) : undefined;
  await erasures?.projection.ready();

  const answerTimeoutMs = options.answerTimeoutMs ?? 30_000;
  // Several, since `localhost` may be an IPv4 and an IPv6 address.
  const servers: Server[] = [];
  const open = (own: RequestListener) => {
    const door = frontDoor(own, {
      backends,
      visitors,
      locales,
      answerError,
      secure,
      log,
      answerTimeoutMs,
      bodyTimeoutMs,
    });
    const server = createServer(serverLimits, door);
    servers.push(server);
    return server;
  };
  const app: FastifyInstance = Fastify({
    serverFactory: open,
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 64 * 1024,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 512 },
    frameworkErrors: (error, request, reply) => {
      answerWith(reply, answerError(error, request.headers, maybeVisitorOf(request.raw)));
    },
  });
  acceptForms(app);
  app.setErrorHandler((error, request, reply) => {
    const known = answerError(error, request.headers, maybeVisitorOf(request.raw));
    if (known.status >= 500) request.log.error({ err: error }, 'request failed');
    return answerWith(reply, known);
  });
  app.setNotFoundHandler((request, reply) => {
    const error = new NotFound('no-such-page', 'there is nothing under this address');
    return answerWith(reply, answerError(error, request.headers, maybeVisitorOf(request.raw)));
  });

  opsRoutes(app, { channel, registry, backends, hub, health, files });
  assetRoutes(app, { registry, page, files, pageDir: options.pageDir });
  faviconRoutes(app);
  const staffOf = (request: IncomingMessage) => {
    const visitor = visitors.identify(request);
    return isStaff(visitor) ? `staff ${visitor.session.shopperId}` : undefined;
  };
  void app.register((scope, _options, done) => {
    registryRoutes(scope, { registry, channel, log, staffOf, tokens: openTokens(channel, clock) });
    done();
  });
  pushRoutes(app, hub, visitors);
  const become = becoming(visitors, sessionEnder(channel, hub));
  const passkeyPart = accountRoutes(app, {
    ...{ accounts: createAccounts(channel, keys, clock), visitors, sessions, pages, become, endSession, clock },
    passkeys: () => {
      const party = relyingParty(address);
      return party && createPasskeys(party, challenges);
    },
  });
  const password = passwordCheck(options.staffPassword, clock);
  sessionRoutes(app, { visitors, password, pages, become, passkeys: passkeyPart });
  requestForms(app, backends, answerProblem);
  localeRoutes(app);
  deploymentRoutes(app, compose, overrides);
  overrideRoutes(app, overrides);
  reportRoutes(app, { health, clock });
  sitemapRoutes(app, { backends, origin: () => address, passport: () => visitors.newGuest().passport });
  pageRoutes(app, { pages, origin: () => address, overrideCookie: overrides });

  return {
    async listen() {
      await fragments.warm();
      await app.listen({ host, port });
      const bound = app.server.address();
      const actualPort = typeof bound === 'object' && bound ? bound.port : port;
      address = origin ?? `http://${nameOf(host)}:${actualPort}`;
      return address;
    },
    async close() {
      await hub.close();
      const impatience = setTimeout(() => servers.forEach((server) => server.closeAllConnections()), drainMs);
      await app.close();
      clearTimeout(impatience);
      endAnnouncing();
      files.close();
      await health.close();
      await erasures?.reactor.close();
      await erasures?.projection.close();
      keys.close();
      db.close();
    },
  };
};
