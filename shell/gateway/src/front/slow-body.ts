import type { IncomingMessage } from 'node:http';

/**
 * Cuts the connection of a request whose body comes too slowly. A body must be whole within `limitMs`; a file that is
 * streamed (`text/csv`, `application/gzip`, `application/octet-stream`) may take as long as it needs, while something of it arrives within each `limitMs`.
 * In place of the server's `requestTimeout`, which knows no difference between the two.
 */
export const cutSlowBody = (req: IncomingMessage, limitMs: number): void => {
  const { socket } = req;
  const isFile = /^(text\/csv|application\/((x-)?gzip|octet-stream))\b/i.test(req.headers['content-type'] ?? '');
  let seenBytes = socket.bytesRead;
  const timer = setInterval(() => {
    if (req.complete) clearInterval(timer);
    else if (isFile && socket.bytesRead > seenBytes) seenBytes = socket.bytesRead;
    else socket.destroy();
  }, limitMs);
  timer.unref();
  req.once('close', () => clearInterval(timer));
};
