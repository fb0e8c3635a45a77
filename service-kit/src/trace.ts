import { randomBytes } from './random.ts';

/** What a new event remembers of the request or event that caused it. */
export interface Cause {
  /** The whole conversation: id of the first request or event. */
  readonly correlationid: string;
  /** The request or event right before. */
  readonly causationid?: string;
  /** W3C trace context. */
  readonly traceparent?: string;
}

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/;
const REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/;

/**
 * The trace context for what we do on behalf of a caller: the caller's trace with a new span of ours.
 * A missing or malformed header begins a new trace, which nobody asked to sample.
 * @see https://www.w3.org/TR/trace-context/
 */
export function continueTrace(header: unknown): string {
  const match = typeof header === 'string' ? TRACEPARENT.exec(header) : null;
  const span = randomBytes(8).toString('hex');
  return match === null ? `00-${randomBytes(16).toString('hex')}-${span}-00` : `00-${match[1]}-${span}-${match[2]}`;
}

/** Id of the trace, for logs; undefined without a trace context. */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  return traceparent?.split('-')[1];
}

/** The caller's request id when it is safe to write into logs and events, else `undefined`. */
export function acceptRequestId(header: unknown): string | undefined {
  return typeof header === 'string' && REQUEST_ID.test(header) ? header : undefined;
}
