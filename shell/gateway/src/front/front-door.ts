import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Forbidden, Invalid, Unavailable } from '@souk/service-kit';
import type { Logger } from '@souk/service-kit';
import { backendOf, handlerOf } from '../backends.ts';
import type { Backends } from '../backends.ts';
import { wantsHtml } from '../errors/error-answer.ts';
import type { ErrorAnswer } from '../errors/error-answer.ts';
import type { Locales } from '../locale/locale.ts';
import type { Visitors } from '../session/visitors.ts';
import { answer } from './answer.ts';
import { setSecurityHeaders } from './headers.ts';
import { mayChangeState } from './same-site.ts';
import { cutSlowBody } from './slow-body.ts';
import { maybeVisitorOf, setVisitor } from './visitor-of.ts';

export interface FrontDoorOptions {
  readonly backends: Backends;
  readonly visitors: Visitors;
  readonly locales: Locales;
  readonly answerError: ErrorAnswer;
  readonly secure: boolean;
  readonly log: Logger;
  /** A backend that has not begun to answer by then is given up for this request, in milliseconds. */
  readonly answerTimeoutMs: number;
  /** A request whose body is not whole by then is cut, in milliseconds; see {@link cutSlowBody}. */
  readonly bodyTimeoutMs: number;
}

/** Paths that are the same for everybody: no session is made for them. */
const withoutSession =
  /^\/(assets\/|favicon\.|robots\.txt|sitemap[-.]|healthz|readyz|metrics|registry\/(?!(deployment|overrides|reports)\b))/;

/**
 * Sees every request first: sets the headers of every answer, refuses what another site sends, finds out who asks,
 * and hands APIs to their backends, everything else to the gateway's own app.
 */
export const frontDoor = (own: RequestListener, options: FrontDoorOptions): RequestListener => {
  const { backends, visitors, locales, answerError, secure } = options;

  const admit = (req: IncomingMessage, res: ServerResponse) => {
    const path = req.url ?? '/';
    setSecurityHeaders(res, secure);
    cutSlowBody(req, options.bodyTimeoutMs);
    // Such as `*`, or a whole address as proxies take it: everything behind here counts on a path.
    if (!path.startsWith('/')) throw new Invalid('malformed-url', 'the address is not well formed');
    // Before a session is made: a foreign page must not be able to replace the shopper's session by a new one.
    if (!mayChangeState(req.method ?? 'GET', req.headers)) {
      throw new Forbidden('cross-site', 'this request came from another site');
    }
    if (withoutSession.test(path)) return own(req, res);
    const visitor = { ...visitors.identify(req), locale: locales.of(req) };
    setVisitor(req, visitor);
    // Pages renew the cookie, so that it lives on with every visit.
    if (visitor.isNew || wantsHtml(req.headers)) res.setHeader('set-cookie', visitors.cookie(visitor));
    const chosen = locales.cookie(req, secure);
    if (chosen) res.appendHeader('set-cookie', chosen);
    const name = backendOf(path);
    if (name === undefined) return own(req, res);
    const handler = handlerOf(backends, name);
    req.headers['souk-session'] = visitor.passport; // in place of whatever the request brought
    guardAnswer(req, res, name, options);
    handler(req, res);
  };

  return (req, res) => {
    try {
      admit(req, res);
    } catch (error) {
      options.log.debug({ err: error }, 'refused at the front door');
      answer(res, answerError(error, req.headers, maybeVisitorOf(req)));
      req.resume(); // the body is not wanted, but the connection is
    }
  };
};

/** A backend that hangs costs its own requests 503, and nobody else anything. */
const guardAnswer = (req: IncomingMessage, res: ServerResponse, name: string, options: FrontDoorOptions): void => {
  const timer = setTimeout(() => {
    if (res.headersSent) return;
    options.log.error({ backend: name }, 'no answer in time');
    const error = new Unavailable('backend-too-slow', `the ${name} service did not answer in time`);
    answer(res, options.answerError(error, req.headers, maybeVisitorOf(req)));
  }, options.answerTimeoutMs);
  res.once('close', () => clearTimeout(timer));
};
