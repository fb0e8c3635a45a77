import type { Input } from '../command.ts';
import { CommandFailed } from '../errors.ts';
import { findShop } from './find-shop.ts';
import { signIn } from './sign-in.ts';
import { staffPasswordOf } from './staff-password.ts';

/** Asks the shop something as staff. */
export interface StaffRequest {
  /** @throws {CommandFailed} the shop went away, or says no; with what it says */
  (path: string, init?: StaffRequestInit): Promise<Response>;
}

/** What is sent; `json` is posted. */
export interface StaffRequestInit {
  readonly json?: unknown;
  readonly headers?: Record<string, string>;
  readonly method?: 'PUT' | 'DELETE';
  /** Sent as it comes. */
  readonly body?: ReadableStream<Uint8Array>;
}

/** The request as `fetch` takes it. */
export function fetchInit(
  { json, headers = {}, method, body }: StaffRequestInit,
  who: Record<string, string>,
): RequestInit {
  const type = json === undefined ? {} : { 'content-type': 'application/json' };
  return {
    headers: { ...headers, ...who, ...type },
    ...(method && { method }),
    ...(body && ({ body, duplex: 'half' } as object)),
    ...(json !== undefined && { method: 'POST', body: JSON.stringify(json) }),
  };
}

/**
 * Finds the shop, signs in, lets `work` ask, and signs out again.
 * @param signal ends every request
 * @throws {WrongUse} {@link CommandFailed} and what `work` throws
 */
export async function asStaff<Result>(
  { options, env }: Pick<Input, 'options' | 'env'>,
  work: (request: StaffRequest, url: string) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const url = await findShop(options['url'], env);
  const session = await signIn(url, staffPasswordOf(env));
  const request: StaffRequest = async (path, init = {}) => {
    const response = await fetch(url + path, {
      ...fetchInit(init, { cookie: session.cookie }),
      ...(signal && { signal }),
    }).catch((cause: unknown) => {
      if (signal?.aborted) throw cause;
      throw new CommandFailed(`${url} went away`, { cause });
    });
    if (response.ok) return response;
    const problem = (await response.json().catch(() => undefined)) as Problem | undefined;
    const { status } = response;
    throw new CommandFailed(sentenceOf(problem) ?? `${url} answers with status ${status}`, { status, problem });
  };
  try {
    return await work(request, url);
  } finally {
    await session.signOut();
  }
}

interface Problem {
  readonly detail?: string;
  readonly place?: { readonly start: number };
}

/** What a problem document says, in one line. */
export function sentenceOf(problem: Problem | undefined): string | undefined {
  if (problem?.detail === undefined) return undefined;
  const place = problem.place === undefined ? '' : ` (at character ${problem.place.start + 1})`;
  return problem.detail.replaceAll(/\s+/g, ' ') + place;
}
