/** What a row of the inspector is: the three kinds of the contract, what came over the push stream, and what follows. */
export type EntryKind = 'fact' | 'state' | 'request' | 'reply' | 'push' | 'call' | 'retained';

/** One thing that happened on the page. What becomes known later is filled in. */
export interface Entry {
  readonly id: number;
  /** Milliseconds since the document began. */
  readonly atMs: number;
  readonly kind: EntryKind;
  /** Event type; of a call its method and path. */
  readonly type: string;
  readonly detail: unknown;
  /** The micro frontend whose element or code sent it; `shell`, `push`, or `replay`. */
  readonly sender: string;
  /** Receivers that refused it as malformed. */
  dropped: number;
  /** Of a request: how it ended, and after how long. */
  outcome?: { readonly ok: boolean; readonly text: string; readonly tookMs: number };
  /** HTTP requests that it led to. */
  readonly calls: Call[];
}

/** An HTTP request that a micro frontend sent. */
export interface Call {
  readonly method: string;
  readonly path: string;
  /** Sent as trace id and as request id, so the events that it causes carry it as their correlation id. */
  readonly traceId: string;
  /** `undefined` as long as there is no answer, 0 when there was none. */
  status?: number;
  tookMs?: number;
}

/** The part of a request's detail that is asked for. */
export const payloadOf = ({ kind, detail }: Pick<Entry, 'kind' | 'detail'>): unknown =>
  kind === 'request' ? (detail as { payload?: unknown } | null)?.payload : detail;
