import { request as send } from 'node:http';
import type { Agent, ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { PROBLEM_MEDIA_TYPE, toProblem, Unavailable } from '@souk/service-kit';
import type { KnownReplica, Logger, RequestHandler } from '@souk/service-kit';
import { answer } from '../front/answer.ts';

export interface ForwardOptions {
  /** Whom to ask for this request, the best first. */
  readonly candidates: (request: IncomingMessage) => readonly KnownReplica[];
  /** A replica could not be reached at all. */
  readonly onUnreachable: (replica: KnownReplica) => void;
  readonly agent: Agent;
  readonly log: Logger;
}

/** A body up to this size is kept, so that another replica can be asked with it. Bytes. */
const MAX_KEPT_BYTES = 64 * 1024;

/** Of one connection, not of the message (RFC 9110, section 7.6.1). */
const hopByHop = new Set([
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade'],
]);

/**
 * Hands requests to a backend in another process. A replica that cannot be reached costs nothing: the next one is asked.
 * One that dies while it answers costs nothing either where asking twice does no harm: the method says so (RFC 9110,
 * section 9.2.2), or an `Idempotency-Key` does. Anything else is a 503, since nobody knows whether it happened.
 */
export const forwarder =
  ({ candidates, onUnreachable, agent, log }: ForwardOptions): RequestHandler =>
  (request, response) => {
    const hurry = new AbortController();
    // Whoever asked is gone, or was answered by somebody else.
    response.once('close', () => hurry.abort());

    const ask = (replicas: readonly KnownReplica[], body: Buffer | undefined): void => {
      const [replica, ...others] = replicas;
      if (replica === undefined || hurry.signal.aborted) return refuse(response);
      let isReached = false;
      const outgoing = open(request, replica, agent, hurry.signal);
      outgoing.once('socket', (socket) => {
        const reached = () => {
          isReached = true;
          if (body === undefined) request.pipe(outgoing);
          else outgoing.end(body.length > 0 ? body : undefined);
        };
        if (socket.connecting) socket.once('connect', reached);
        else reached();
      });
      outgoing.once('response', (incoming) => passOn(incoming, response));
      outgoing.once('error', (error) => {
        if (hurry.signal.aborted || response.headersSent) return response.destroy();
        if (!isReached) onUnreachable(replica);
        log.warn({ err: error, replica: replica.address, isReached }, 'a replica did not answer');
        if (!isReached || (body !== undefined && mayBeRepeated(request))) return ask(others, body);
        return refuse(response);
      });
    };

    keepSmall(request).then(
      (body) => ask(candidates(request), body),
      () => response.destroy(), // the request itself broke off
    );
  };

const open = (request: IncomingMessage, replica: KnownReplica, agent: Agent, signal: AbortSignal): ClientRequest => {
  const kept = Object.entries(request.headers).filter(([name]) => !hopByHop.has(name));
  // Length unknown: it goes on in pieces, as it came.
  const pieces = request.headers['transfer-encoding'] === undefined ? {} : { 'transfer-encoding': 'chunked' };
  const headers = { ...Object.fromEntries(kept), ...pieces };
  const { hostname, port } = new URL(replica.address);
  const { method = 'GET', url: path = '/' } = request;
  return send({ hostname, port, method, path, headers, agent, signal });
};

const passOn = (incoming: IncomingMessage, response: ServerResponse): void => {
  response.statusCode = incoming.statusCode ?? 502;
  for (const [name, value] of Object.entries(incoming.headersDistinct)) {
    if (value !== undefined && !hopByHop.has(name)) response.setHeader(name, value.length === 1 ? value[0]! : value);
  }
  // A stream has nothing to say at first, and its reader wants to know that it is open.
  response.flushHeaders();
  // What breaks off there has to break off here, or half an answer would look whole.
  pipeline(incoming, response, () => undefined);
};

/** The body when it is known to be small; `undefined` when it has to be passed on as it comes. */
const keepSmall = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (encoding !== undefined || Number(length ?? 0) > MAX_KEPT_BYTES) return undefined;
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

const repeatable = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

const mayBeRepeated = ({ method = 'GET', headers }: IncomingMessage): boolean =>
  repeatable.has(method) || headers['idempotency-key'] !== undefined;

const refuse = (response: ServerResponse): void => {
  const error = new Unavailable('backend-unavailable', 'this service is not available at the moment');
  const { problem, headers } = toProblem(error);
  answer(response, {
    status: problem.status,
    headers: { 'content-type': PROBLEM_MEDIA_TYPE, 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(problem),
  });
};
