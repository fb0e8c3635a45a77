import type { Failure, FailureReason, PastWanted } from '../runner/messages.ts';

/** A query that has no answer, with the reason for who asked. */
export class QueryFailed extends Error {
  readonly code = 'query-failed';
  readonly reason: FailureReason;
  readonly place: Failure['place'];
  readonly past: PastWanted | undefined;

  constructor(
    reason: FailureReason,
    message: string,
    place?: Failure['place'],
    options?: ErrorOptions & { readonly past?: PastWanted },
  ) {
    super(message, options);
    this.name = 'QueryFailed';
    this.reason = reason;
    this.place = place;
    this.past = options?.past;
  }
}

/** SQLite's result codes that say more than "the query is wrong". */
const byResultCode: Readonly<Record<number, readonly [FailureReason, string]>> = {
  5: ['unavailable', 'the log is busy'],
  6: ['unavailable', 'the log is busy'],
  7: ['too-large', 'the query needs more memory than a query may take'],
  10: ['unavailable', 'the log cannot be read'],
  11: ['unavailable', 'the log is damaged'],
  14: ['unavailable', 'the log cannot be opened'],
  18: ['too-large', 'the query makes a value, or is itself, longer than allowed'],
  26: ['unavailable', 'the log is no log'],
};

/** What to tell about an error. */
export function failureOf(error: unknown): Failure {
  if (error instanceof QueryFailed) {
    const { reason, message, place, past } = error;
    return { reason, message, ...(place && { place }), ...(past && { past }) };
  }
  const { errcode, message } = error as { errcode?: number; message?: string };
  const known = errcode === undefined ? undefined : byResultCode[errcode & 0xff];
  if (known) return { reason: known[0], message: known[1] };
  return { reason: 'invalid', message: message ?? 'the query cannot be read' };
}
