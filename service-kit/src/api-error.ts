/** What went wrong in general. `problem-details.ts` chooses the HTTP status from it, and nothing else does. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'gone'
  | 'conflict'
  | 'stale'
  | 'too-large'
  | 'unsupported-media-type'
  | 'unprocessable'
  | 'rate-limited'
  | 'unavailable';

/** One wrong place in a request. */
export interface FieldError {
  /** JSON pointer into the request: `/body/quantity`, `/query/page`. */
  readonly pointer: string;
  /** What is wrong there, for the developer who sends it. Never holds the value. */
  readonly detail: string;
}

export interface ApiErrorOptions extends ErrorOptions {
  /** Facts for the caller; they become members of the problem document beside the standard ones. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** The wrong places, one each. */
  readonly errors?: readonly FieldError[];
  /** When it makes sense to ask again, in milliseconds; becomes `Retry-After`. */
  readonly retryAfterMs?: number;
}

/**
 * Base of every error that a caller may see: its message goes out, so it holds nothing private.
 * Backends throw one of the classes below, or a subclass of one, with their own `code`: `note-too-old`.
 */
export class ApiError extends Error {
  /** Machine-readable cause, in kebab case; the last part of the problem's `type`. */
  readonly code: string;
  readonly kind: ErrorKind;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  readonly errors: readonly FieldError[] | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(kind: ErrorKind, code: string, message: string, options: ApiErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.kind = kind;
    this.code = code;
    this.details = options.details;
    this.errors = options.errors;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** The request makes no sense as it stands; sending it again changes nothing. */
export class Invalid extends ApiError {
  constructor(code = 'invalid', message = 'the request is not valid', options?: ApiErrorOptions) {
    super('invalid', code, message, options);
  }
}

/** Nobody vouches for who asks: the session is missing, forged or over. */
export class Unauthenticated extends ApiError {
  constructor(code = 'unauthenticated', message = 'a valid session is needed', options?: ApiErrorOptions) {
    super('unauthenticated', code, message, options);
  }
}

/** We know who asks, and they may not. */
export class Forbidden extends ApiError {
  constructor(code = 'forbidden', message = 'this is not yours to do', options?: ApiErrorOptions) {
    super('forbidden', code, message, options);
  }
}

/** There is no such thing, or it is somebody else's: the two must look alike. */
export class NotFound extends ApiError {
  constructor(code = 'not-found', message = 'there is nothing here', options?: ApiErrorOptions) {
    super('not-found', code, message, options);
  }
}

/** There was such a thing, and it will not come back under this address. */
export class Gone extends ApiError {
  constructor(code = 'gone', message = 'what was here is gone', options?: ApiErrorOptions) {
    super('gone', code, message, options);
  }
}

/** The request is fine, but not in the present state of things. */
export class Conflict extends ApiError {
  constructor(code = 'conflict', message = 'the present state does not allow this', options?: ApiErrorOptions) {
    super('conflict', code, message, options);
  }
}

/** What was read is older than what was asked for; ask again. */
export class Stale extends ApiError {
  constructor(code = 'stale', message = 'this view has not caught up yet', options?: ApiErrorOptions) {
    super('stale', code, message, options);
  }
}

/** The request is larger than we take. */
export class TooLarge extends ApiError {
  constructor(code = 'too-large', message = 'the request is too large', options?: ApiErrorOptions) {
    super('too-large', code, message, options);
  }
}

/** Well formed, understood, and contradicting something said before. */
export class Unprocessable extends ApiError {
  constructor(code = 'unprocessable', message = 'the request contradicts an earlier one', options?: ApiErrorOptions) {
    super('unprocessable', code, message, options);
  }
}

/** Too much at once from one caller. */
export class RateLimited extends ApiError {
  constructor(code = 'rate-limited', message = 'too many requests', options?: ApiErrorOptions) {
    super('rate-limited', code, message, options);
  }
}

/** Something we depend on does not answer at the moment. */
export class Unavailable extends ApiError {
  constructor(code = 'unavailable', message = 'not available at the moment', options?: ApiErrorOptions) {
    super('unavailable', code, message, options);
  }
}
