import type { FastifyInstance } from 'fastify';
import { Unavailable } from './api-error.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Aborts when the app begins to close, before it waits for requests at hand: who waits for something stops. */
    readonly closingSignal: AbortSignal;
  }
}

/**
 * While the app closes, refuses new requests with 503 and waits for those at hand, but not longer than `drainMs`.
 * Counts requests itself: a mounted app has no server of its own that would know.
 */
export function drainOnClose(app: FastifyInstance, drainMs: number): void {
  let atHand = 0;
  const closing = new AbortController();
  const empty = Promise.withResolvers<void>();

  app.decorate('closingSignal', closing.signal);
  app.addHook('onRequest', (_request, reply, done) => {
    atHand++;
    let ended = false;
    const end = () => {
      if (ended) return;
      ended = true;
      atHand--;
      if (closing.signal.aborted && atHand === 0) empty.resolve();
    };
    reply.raw.on('finish', end).on('close', end);
    done(closing.signal.aborted ? new Unavailable('closing', 'this service is closing') : undefined);
  });
  app.addHook('preClose', async () => {
    closing.abort();
    if (atHand === 0) return;
    const timer = setTimeout(empty.resolve, drainMs);
    await empty.promise;
    clearTimeout(timer);
  });
}
