import { STATUS_CODES } from 'node:http';
import { ApiError, Invalid } from './api-error.ts';
import type { ErrorKind, FieldError } from './api-error.ts';

/**
 * An error as it goes over HTTP.
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly instance?: string;
  readonly errors?: readonly FieldError[];
  readonly [extension: string]: unknown;
}

/** Media type of a problem document. */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** The one place where a cause becomes an HTTP status. */
const STATUS_BY_KIND: Readonly<Record<ErrorKind | 'internal', number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  stale: 409,
  'too-large': 413,
  'unsupported-media-type': 415,
  unprocessable: 422,
  'rate-limited': 429,
  internal: 500,
  unavailable: 503,
};

/** Errors that other packages throw, told apart by their code; their messages are ours, as theirs may hold input. */
const FOREIGN: Readonly<Record<string, readonly [kind: ErrorKind, code: string, message: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['too-large', 'too-large', 'the body is too large'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported-media-type', 'unsupported-media-type', 'send JSON or a plain form'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid', 'malformed-body', 'the body is not as long as Content-Length says'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid', 'malformed-body', 'the body is empty, yet Content-Type says JSON'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid', 'malformed-body', 'the body is not valid JSON'],
  FST_ERR_BAD_URL: ['invalid', 'malformed-url', 'the address is not well formed'],
  FST_ERR_MAX_PARAM_LENGTH: ['not-found', 'not-found', 'there is nothing here'],
  'wrong-revision': ['conflict', 'conflict', 'somebody else was faster; read again and decide again'],
  'too-large': ['too-large', 'too-large', 'the request is too large'],
  'no-such-dead-letter': ['not-found', 'no-such-dead-letter', 'there is no dead letter at this position'],
  'channel-closed': ['unavailable', 'unavailable', 'not available at the moment'],
  'log-unavailable': ['unavailable', 'log-unavailable', 'nothing can be written at the moment; try again'],
  'log-damaged': ['unavailable', 'log-damaged', 'what is asked for cannot be read at the moment'],
  'no-responders': ['unavailable', 'unavailable', 'not available at the moment'],
  'request-timeout': ['unavailable', 'unavailable', 'not available at the moment'],
};

const RETRY_AFTER_DEFAULT_MS = 1000;
const STANDARD_MEMBERS = new Set(['type', 'title', 'status', 'detail', 'code', 'instance', 'errors']);

/**
 * The problem document and headers for whatever was thrown. What we do not know becomes a 500 that says nothing.
 * @param instance id of the request, so that a report can be matched with the log
 */
export function toProblem(error: unknown, instance?: string): { problem: Problem; headers: Record<string, string> } {
  const known = asApiError(error);
  if (known === undefined) {
    return { problem: problem('internal', 'internal', 'something went wrong on our side', instance), headers: {} };
  }
  const retryAfterMs = known.retryAfterMs ?? (known.kind === 'unavailable' ? RETRY_AFTER_DEFAULT_MS : undefined);
  const extensions = Object.entries(known.details ?? {}).filter(([name]) => !STANDARD_MEMBERS.has(name));
  return {
    problem: {
      ...problem(known.kind, known.code, known.message, instance),
      ...(known.errors === undefined ? {} : { errors: known.errors }),
      ...Object.fromEntries(extensions),
    },
    headers: {
      ...(retryAfterMs === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) }),
      // HTTP asks for it; the scheme is ours, so no browser opens a dialog.
      ...(known.kind === 'unauthenticated' ? { 'www-authenticate': 'Session' } : {}),
    },
  };
}

function problem(kind: ErrorKind | 'internal', code: string, detail: string, instance: string | undefined): Problem {
  const status = STATUS_BY_KIND[kind];
  return {
    type: `https://souk.example/problems/${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    code,
    ...(instance === undefined ? {} : { instance }),
  };
}

function asApiError(error: unknown): ApiError | undefined {
  if (error instanceof ApiError) return error;
  if (!(error instanceof Error)) return undefined;
  const { code, validation, validationContext, statusCode } = error as Error & {
    code?: unknown;
    statusCode?: unknown;
    validation?: readonly { instancePath: string; message?: string }[];
    validationContext?: string;
  };
  if (validation !== undefined) return validationFailed(validation, validationContext ?? 'body', error);
  const foreign = typeof code === 'string' ? FOREIGN[code] : undefined;
  if (foreign !== undefined) return new ApiError(foreign[0], foreign[1], foreign[2], { cause: error });
  // The framework's own complaints about a request, such as `__proto__` in a body.
  if (statusCode === 400) return new Invalid('malformed-body', 'the request is not well formed', { cause: error });
  return undefined;
}

function validationFailed(
  issues: readonly { instancePath: string; message?: string }[],
  part: string,
  cause: Error,
): Invalid {
  const where = part === 'querystring' ? 'query' : part;
  const errors = issues.slice(0, 20).map((issue) => ({
    pointer: `/${where}${issue.instancePath}`,
    detail: issue.message ?? 'is not valid',
  }));
  const first = errors[0];
  const message = first === undefined ? 'the request is not valid' : `${first.pointer} ${first.detail}`;
  return new Invalid('invalid', message, { errors, cause });
}
