import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

/** A whole answer as a value, so that the same one can be written by the framework or without it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Writes an answer through the framework. */
export const reply = (to: FastifyReply, { status, headers, body }: Answer): FastifyReply =>
  to.code(status).headers(headers).send(body);

/** Writes an answer without the framework, unless somebody has begun to answer: then the connection is cut. */
export const answer = (res: ServerResponse, { status, headers, body }: Answer): void => {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  res.end(res.req.method === 'HEAD' ? undefined : body);
};
