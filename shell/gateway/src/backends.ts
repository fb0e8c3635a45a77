import { inject } from 'light-my-request';
import type { DispatchFunc, InjectOptions, Response as Injected } from 'light-my-request';
import { NotFound, Unavailable } from '@souk/service-kit';
import type { RequestHandler } from '@souk/service-kit';

/**
 * Handlers of the backends by name, called in this process; `undefined` for one that is not there right now. Read at
 * every request, so one may come and go while the gateway runs.
 */
export type Backends = Readonly<Record<string, RequestHandler | undefined>>;

/** Asks a backend without a network hop, on behalf of a visitor. */
export interface BackendRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query, `/api/<name>/…`. */
  readonly path: string;
  /** The `souk-session` header that vouches for the visitor. */
  readonly passport: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** Name of the backend that a path belongs to; `undefined` when it is not an API's. */
export const backendOf = (path: string): string | undefined => /^\/api\/([a-z][a-z0-9-]*)(?=[/?]|$)/.exec(path)?.[1];

/**
 * The handler of a backend.
 * @throws {NotFound} when the shop has no backend of this name
 * @throws {Unavailable} when it is not there right now
 */
export const handlerOf = (backends: Backends, name: string): RequestHandler => {
  if (!Object.hasOwn(backends, name)) throw new NotFound('no-such-api', 'there is no API under this address');
  const handler = backends[name];
  if (!handler) throw new Unavailable('backend-unavailable', `the ${name} service is not available at the moment`);
  return handler;
};

/** @throws {NotFound} {@link Unavailable} as {@link handlerOf} */
export const askBackend = async (backends: Backends, request: BackendRequest): Promise<Injected> => {
  const { method, path, passport, headers, body, signal } = request;
  const handler = handlerOf(backends, backendOf(path) ?? '');
  const options: InjectOptions = {
    method,
    url: path,
    headers: { accept: 'application/json', ...headers, 'souk-session': passport },
    ...(body === undefined ? {} : { payload: body }),
    ...(signal ? { signal } : {}),
  };
  return inject(handler as unknown as DispatchFunc, options);
};
