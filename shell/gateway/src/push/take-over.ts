import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';

/** A socket with the handle that Node keeps beneath it. */
interface WithHandle {
  _handle?: unknown;
}

/**
 * Begins an event stream and takes its connection away from the HTTP server, which then lets go of request, answer and
 * parser: a stream that lives for minutes needs none of them, and they are most of what it would cost (see
 * docs/discoveries/http-costs-more-than-its-socket.md). The body ends with the connection instead of being chunked.
 * @returns the socket that the stream is written to
 */
export const takeOver = (res: ServerResponse): Socket => {
  const old = res.socket as Socket;
  res.removeHeader('transfer-encoding');
  res.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    connection: 'close',
  });
  res.flushHeaders();
  const { _handle: handle } = old as WithHandle;
  // What is not a plain connection, or has not written the headers yet, stays with the server.
  if (!handle || old.constructor !== Socket || old.writableLength > 0) return old;
  old.on('data', ignore); // makes the parser let go of the handle
  (old as WithHandle)._handle = null;
  const socket = new Socket({ handle } as object);
  socket.on('error', ignore); // 'close' follows
  socket.resume(); // nothing more is expected, but the end of the connection is
  old.destroy();
  return socket;
};

const ignore = (): void => undefined;
