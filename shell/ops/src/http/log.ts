import { messagesOf } from './event-stream.ts';
import { query, type Cell, type Row } from './query.ts';
import { problemOf, request } from './request.ts';

/** An event as the log has it. */
export interface LogEvent {
  readonly position: number;
  readonly stream: string;
  readonly subject: string;
  readonly type: string;
  readonly time: string;
  readonly id: string;
  readonly source: string;
  readonly correlationid: string | null;
  readonly causationid: string | null;
  readonly data: unknown;
}

/** Which events are looked at; an empty text = all. */
export interface Filters {
  readonly stream: string;
  /** A filter of the channel: `cart.order.>` */
  readonly subject: string;
  /** `*` stands for anything. */
  readonly type: string;
  /** Correlation id. */
  readonly correlation: string;
}

/** Names of the filters, as the address and the API have them. */
export const filterNames = ['stream', 'subject', 'type', 'correlation'] as const;

/** What the tail says at once. */
export interface TailNews {
  /** Oldest first. */
  readonly events: readonly LogEvent[];
  /** Where to go on from. */
  readonly position: number;
}

const columns = [
  'position',
  'stream',
  'subject',
  'type',
  'time',
  'id',
  'source',
  'correlationid',
  'causationid',
  'data',
] as const;
const selection = `SELECT ${columns.join(', ')} FROM events`;

/**
 * Events as they come, until the server ends the stream.
 * @param start behind this position, or with so many of the last ones
 * @throws {RequestProblem}
 * @throws the reason of `signal`
 */
export async function* tail(
  filters: Filters,
  start: { readonly after: number } | { readonly last: number },
  signal: AbortSignal,
): AsyncGenerator<TailNews> {
  const given = Object.entries(filters).filter(([, value]) => value !== '');
  const search = new URLSearchParams([...given, ...Object.entries(start).map(([name, n]) => [name, String(n)])]);
  const response = await request(`/api/events/tail?${search}`, { signal });
  for await (const messages of messagesOf(response, signal)) {
    const broken = messages.find(({ event }) => event === 'error');
    if (broken) throw problemOf(JSON.parse(broken.data));
    const events = messages.filter(({ event }) => event === 'event').map(({ data }) => JSON.parse(data) as LogEvent);
    yield { events, position: Number(messages.at(-1)?.id ?? events.at(-1)?.position ?? 0) };
  }
}

/** Events before a position that pass the filters, newest first. @throws {RequestProblem} */
export async function eventsBefore(
  position: number,
  { stream, subject, type, correlation }: Filters,
  count: number,
  signal?: AbortSignal,
): Promise<readonly LogEvent[]> {
  const conditions: readonly (readonly [condition: string, given: string, param?: string])[] = [
    ['stream = ?', stream],
    // As the tail takes it: nothing but the star is special.
    ['type GLOB ?', type, type.replaceAll(/[[?]/g, '[$&]')],
    ['correlationid = ?', correlation],
    ['kql_matches(subject, ?)', subject, patternOf(subject)],
  ];
  const used = conditions.filter(([, given]) => given !== '');
  const where = ['position < ?', ...used.map(([condition]) => condition)].join(' AND ');
  const params = [position, ...used.map(([, given, param = given]) => param), count];
  return select(`${selection} WHERE ${where} ORDER BY position DESC LIMIT ?`, params, signal);
}

/** The event with an id, or at a position when that is all digits. @throws {RequestProblem} */
export async function findEvent(idOrPosition: string, signal?: AbortSignal): Promise<LogEvent | undefined> {
  const byPosition = /^\d{1,15}$/.test(idOrPosition);
  const where = byPosition ? 'position = ?' : 'id = ?';
  const found = await select(
    `${selection} WHERE ${where} LIMIT 1`,
    [byPosition ? Number(idOrPosition) : idOrPosition],
    signal,
  );
  return found[0];
}

/** The first events of a conversation, in the order of the log; at most one more than `count`. @throws {RequestProblem} */
export async function conversationOf(
  correlationid: string,
  count: number,
  signal?: AbortSignal,
): Promise<readonly LogEvent[]> {
  const text = `${selection} WHERE correlationid = ? ORDER BY position LIMIT ?`;
  return select(text, [correlationid, count + 1], signal);
}

async function select(text: string, params: readonly Cell[], signal?: AbortSignal): Promise<readonly LogEvent[]> {
  const { rows } = await query({ language: 'sql', text, params }, signal);
  return rows.map(eventOf);
}

function eventOf(row: Row): LogEvent {
  const event = Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null]));
  return { ...(event as unknown as LogEvent), data: JSON.parse(String(event['data'])) as unknown };
}

/** A filter of the channel as a regular expression. */
function patternOf(filter: string): string {
  const tokens = filter.split('.').map((token) => {
    if (token === '*') return '[^.]+';
    return token === '>'
      ? '.+'
      : token.replaceAll(/[^\p{L}\p{N}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
  });
  return `^${tokens.join('\\.')}$`;
}
