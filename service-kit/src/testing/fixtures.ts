import { streamOf } from '@souk/event-channel';
import type { Appended, CloudEvent, EventChannel, Subject } from '@souk/event-channel';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RequestHandler } from '../backend.ts';
import { cloudEvent } from '../cloud-event.ts';
import { createLogger } from '../logger.ts';
import { SESSION_HEADER, signSession } from '../session.ts';
import type { Session } from '../session.ts';

/** A session secret for tests. */
export const TEST_SECRET = 'a-secret-for-tests-of-32-characters-or-more';

/** A logger that says nothing. */
export const testLog = createLogger({ name: 'test', level: 'silent' });

/** Who asks in a test. */
export interface TestSession extends Partial<Session> {
  /** @default a day from now */
  readonly expiresAt?: Date;
}

/** Request headers that vouch for a session; a plain shopper unless told otherwise. Spread into `headers`. */
export function sessionHeader(secret: string = TEST_SECRET, who: TestSession = {}): Record<string, string> {
  const { shopperId = 's_test', roles = ['shopper'], member, expiresAt = Date.now() + 86_400_000 } = who;
  return { [SESSION_HEADER]: signSession({ shopperId, roles, ...(member && { member }) }, secret, expiresAt) };
}

/** An event for {@link given}: whole, or only what matters. */
export type GivenEvent = CloudEvent | { readonly type: string; readonly data: unknown };

/** Puts events on a subject, whatever is there; the result's `position` is what to wait for. */
export function given(channel: EventChannel, subject: Subject, events: readonly GivenEvent[]): Promise<Appended> {
  const source = `/${streamOf(subject)}`;
  const whole = events.map((event) => ('specversion' in event ? event : cloudEvent({ source, ...event })));
  return channel.append(subject, whole, { expect: 'any' });
}

/** A real server around a handler, with a session on each request. */
export interface TestServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** `fetch` of a path, as the session given to {@link serve} or as another one; objects as `json` are sent as JSON. */
  fetch(
    path: string,
    init?: RequestInit & { readonly as?: TestSession | null; readonly json?: unknown },
  ): Promise<Response>;
  close(): Promise<void>;
}

/**
 * Serves a backend's handler on a free port. Redirects are not followed.
 * @param secret what the backend checks sessions with
 */
export async function serve(
  backend: { readonly handler: RequestHandler },
  secret: string = TEST_SECRET,
  who: TestSession = {},
): Promise<TestServer> {
  const server = createServer((request, response) => backend.handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    fetch(path, { as = who, json, ...init } = {}) {
      const headers = new Headers(init.headers);
      if (as !== null) for (const [name, value] of Object.entries(sessionHeader(secret, as))) headers.set(name, value);
      if (json !== undefined) headers.set('content-type', 'application/json');
      const body = json === undefined ? init.body : JSON.stringify(json);
      return fetch(new URL(path, url), { redirect: 'manual', ...init, headers, body });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
