/** An event of the log that a call caused. */
export interface LoggedEvent {
  readonly stream: string;
  readonly position: number;
  readonly type: string;
  /** Of one that was pushed: the type of the browser event. */
  readonly pushed: string | undefined;
}

const sql = `SELECT stream, position, type, data ->> '$.type' AS pushed FROM events
WHERE correlationid = ? ORDER BY time, position LIMIT 50`;

/**
 * What the log has of a trace, for staff; the inspector's trace id is the correlation id of everything that follows.
 * @returns `undefined` when the log may not be read
 */
export const logOfTrace = async (traceId: string, signal: AbortSignal): Promise<readonly LoggedEvent[] | undefined> => {
  try {
    const response = await fetch('/api/events/query', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ sql, params: [traceId] }),
      signal,
    });
    if (!response.ok) return undefined;
    const lines = (await response.text()).split('\n').filter(Boolean).slice(1, -1);
    return lines.map((line) => {
      const [stream, position, type, pushed] = JSON.parse(line) as [string, number, string, string | null];
      return { stream, position, type, pushed: (stream === 'push' && pushed) || undefined };
    });
  } catch {
    return undefined;
  }
};
