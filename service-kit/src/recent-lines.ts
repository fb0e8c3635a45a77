/** A line of the log, as it was written: nothing private is in it. */
export interface LogLine {
  /** ISO 8601. */
  readonly time: string;
  readonly level: string;
  readonly message: string;
  /** What else the line says. */
  readonly more: Readonly<Record<string, unknown>>;
}

/** The last lines of the log that belong to a trace. */
export interface RecentLines {
  /** Takes in a line of JSON; one of no trace is passed over. */
  write(line: string): void;
  /** Those of a trace, in their order. @param backend whose */
  ofTrace(traceId: string, backend: string): readonly LogLine[];
}

const KEPT_LINES = 2000;
/** Of one line, in characters; a longer one is passed over, so that all stay below 8 Mi characters. */
const KEPT_CHARS = 4096;
const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

/**
 * Remembers what this process has said lately about traces, so that a page can show it to the staff without a log store.
 * Bounded, and gone with the process.
 */
export function recentLines(limit = KEPT_LINES): RecentLines {
  const lines: string[] = [];
  return {
    write(line) {
      if (line.length > KEPT_CHARS || !line.includes('"traceId":"')) return;
      lines.push(line);
      // By halves: to take one off the front for each line would move all others each time.
      if (lines.length >= 2 * limit) lines.splice(0, limit);
    },
    ofTrace(traceId, backend) {
      const own = `"traceId":"${traceId}"`;
      return lines
        .slice(-limit)
        .filter((line) => line.includes(own))
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter((line) => line.traceId === traceId && line.backend === backend)
        .map(toLine);
    },
  };
}

function toLine({
  time,
  level,
  msg,
  name: _name,
  backend: _backend,
  traceId: _id,
  ...more
}: Record<string, unknown>): LogLine {
  return {
    time: String(time),
    level: LEVELS[Number(level)] ?? String(level),
    message: typeof msg === 'string' ? msg : '',
    more,
  };
}
