import { NoRespondersError, TimeoutError, type Msg } from '@nats-io/transport-node';
import { assertSubject, assertSubjectFilter } from '../assert-subject.ts';
import { ChannelClosed, LogUnavailable, NoResponders, RequestTimeout, ResponderFailed, TooLarge } from '../errors.ts';
import type { Bus } from '../log/bus.ts';
import type { HandlerErrorListener } from '../log/handler-error.ts';
import type { Message, Subject } from '../port.ts';
import type { Connection } from './connection.ts';
import { tokenOf, type Names } from './names.ts';

/** What a responder answers on the wire: its message, or why it has none. */
type Answer = { readonly message: Message } | { readonly error: string };

/**
 * The ephemeral half of the channel over core NATS. Its subjects lie outside every stream: on one that a stream
 * captures, a request would be answered by the stream.
 */
export function createBus({ nc }: Connection, names: Names, onHandlerError: HandlerErrorListener): Bus {
  const running = new Set<Promise<unknown>>();
  const closed = new AbortController();
  const closers = new Set<() => Promise<void>>();

  return {
    publish(subject, message) {
      assertSubject(subject);
      nc.publish(names.published(subject), encode(message));
    },
    subscribe(filter, handler) {
      assertSubjectFilter(filter);
      const subscription = nc.subscribe(names.published(filter), {
        callback(error, received) {
          if (error || closed.signal.aborted) return;
          const subject = names.fromPublished(received.subject);
          try {
            handler(decode<Message>(received), subject);
          } catch (thrown) {
            onHandlerError(thrown, { subject, name: 'subscriber' });
          }
        },
      });
      return closable(async () => subscription.unsubscribe());
    },
    async request(subject, message, timeoutMs) {
      assertSubject(subject);
      const asking = nc.request(names.requested(subject), encode(message), { timeout: Math.max(1, timeoutMs) });
      const decoded = decode<Answer>(await orClosed(asking, subject, timeoutMs));
      if ('error' in decoded) throw new ResponderFailed(subject, decoded.error);
      return decoded.message;
    },
    respond(subject, group, handler) {
      assertSubject(subject);
      const mine = new Set<Promise<unknown>>();
      const subscription = nc.subscribe(names.requested(subject), {
        queue: tokenOf(group),
        callback(error, received) {
          if (error) return;
          const answering = answer(received, handler);
          for (const set of [mine, running]) {
            set.add(answering);
            void answering.finally(() => set.delete(answering));
          }
        },
      });
      return closable(async () => {
        subscription.unsubscribe();
        // The server has heard it when this is answered: then nobody is asked here any more.
        await nc.flush().catch(() => undefined);
        await Promise.allSettled(mine);
      });
    },
    async close() {
      closed.abort();
      await Promise.all([...closers].map((close) => close()));
      await Promise.allSettled(running);
    },
  };

  function closable(act: () => Promise<void>): { close(): Promise<void> } {
    let closing: Promise<void> | undefined;
    const close = () => {
      closers.delete(close);
      return (closing ??= act());
    };
    closers.add(close);
    return { close };
  }

  async function orClosed(asking: Promise<Msg>, subject: Subject, timeoutMs: number): Promise<Msg> {
    const { promise, resolve, reject } = Promise.withResolvers<Msg>();
    asking.then(resolve, reject);
    const abort = () => reject(new ChannelClosed());
    closed.signal.addEventListener('abort', abort);
    try {
      return await promise;
    } catch (error) {
      throw requestError(error, subject, timeoutMs);
    } finally {
      closed.signal.removeEventListener('abort', abort);
    }
  }

  async function answer(received: Msg, handler: (message: Message) => Promise<Message>): Promise<void> {
    let reply: Uint8Array;
    try {
      reply = encode({ message: await handler(decode<Message>(received)) });
    } catch (error) {
      reply = encode({ error: error instanceof Error ? error.message : String(error) });
    }
    if (!nc.isClosed()) received.respond(reply);
  }

  function encode(content: Message | Answer): Uint8Array {
    const bytes = Buffer.from(JSON.stringify(content));
    const max = nc.info?.max_payload ?? bytes.length;
    if (bytes.length > max) throw new TooLarge(bytes.length, max);
    return bytes;
  }
}

function decode<T>({ data }: Msg): T {
  return JSON.parse(Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString());
}

function requestError(error: unknown, subject: Subject, timeoutMs: number): Error {
  if (error instanceof ChannelClosed) return error;
  const cause = (error as { cause?: unknown }).cause;
  if (error instanceof NoRespondersError || cause instanceof NoRespondersError) return new NoResponders(subject);
  if (error instanceof TimeoutError) return new RequestTimeout(subject, timeoutMs);
  return new LogUnavailable('the connection was lost while a request waited', { cause: error });
}
