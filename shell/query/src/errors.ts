import { Invalid, RateLimited, Unavailable, Unprocessable } from '@souk/service-kit';
import type { ApiError } from '@souk/service-kit';
import type { Failure, PastWanted } from './runner/messages.ts';

/** The query cannot be read. `details.place` says where in its text, when that is known. */
export class InvalidQuery extends Invalid {
  constructor(message: string, place?: Failure['place']) {
    super('invalid-query', message, place && { details: { place } });
  }
}

/** The query wants what queries may not: to write, to read what is not open, to run for ever. */
export class QueryNotAllowed extends Invalid {
  constructor(message: string) {
    super('query-not-allowed', message);
  }
}

/** The query can be run once these read models are there as they were. Nobody outside sees it. */
export class PastNeeded extends Unavailable {
  readonly past: PastWanted;
  constructor(past: PastWanted) {
    super('past-needed', 'this needs read models as they were');
    this.past = past;
  }
}

/** The query was stopped. Sent again it takes as long again, so this is no 503. */
export class QueryTooSlow extends Unprocessable {
  constructor(what: string, deadlineMs: number) {
    super('query-too-slow', `${what} was stopped after ${deadlineMs / 1000} s; ask for less`, {
      details: { deadlineMs },
    });
  }
}

/** The query took more memory than it may. */
export class QueryTooLarge extends Unprocessable {
  constructor(message: string) {
    super('query-too-large', message);
  }
}

/** As many queries run and wait as may. */
export class TooManyQueries extends RateLimited {
  constructor() {
    super('too-many-queries', 'too many queries run at the moment', { retryAfterMs: 1_000 });
  }
}

/** The log cannot be asked at the moment, or not at all. */
export class LogNotReadable extends Unavailable {
  constructor(message: string, options?: ErrorOptions) {
    super('log-not-readable', message, options);
  }
}

/** A query that nobody waits for any more. */
export class QueryAbandoned extends Unavailable {
  constructor() {
    super('query-abandoned', 'nobody waits for this query any more');
  }
}

/** The error for what a query process says. */
export function errorOf({ reason, message, place, past }: Failure): ApiError {
  if (past) return new PastNeeded(past);
  switch (reason) {
    case 'not-allowed':
      return new QueryNotAllowed(message);
    case 'too-large':
      return new QueryTooLarge(message);
    case 'unavailable':
      return new LogNotReadable(message);
    case 'invalid':
      return new InvalidQuery(message, place);
  }
}
