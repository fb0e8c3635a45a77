/** The log's backend as `msw` handlers over plain memory: for the playground and for component tests. */
import { http, HttpResponse } from 'msw/http';
import type { LogEvent } from '../src/http/log.ts';

/** How the backend behaves. */
export type Mood = 'well' | 'slow' | 'failing' | 'staff only' | 'unreachable';

/** What a query is answered with. */
interface MockAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
  readonly render?: string;
  readonly truncated?: 'rows';
}

/** The backend, and what a test or the playground may do to it. */
export interface MockLog {
  readonly handlers: ReturnType<typeof http.get>[];
  /** Paths of tails and bodies of queries, in the order in which they came. */
  readonly asked: string[];
  /** Streams that are open. */
  readonly open: ReadonlySet<unknown>;
  readonly events: LogEvent[];
  mood: Mood;
  /** What stands in the place of an answer to a written query. */
  answer: MockAnswer | { readonly problem: object };
  append(event: Partial<LogEvent>): LogEvent;
  /** Ends every stream, as the server does now and then. */
  cut(): void;
  /** Sends the answer to every live query again. */
  change(): void;
}

interface Tail {
  readonly send: (text: string) => void;
  readonly end: () => void;
  readonly isQuery: boolean;
  readonly filter: (event: LogEvent) => boolean;
}

const columns = 'position stream subject type time id source correlationid causationid data'.split(' ');
const sse = (event: string, id: number, data: unknown) =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** Opens the mocked backend. */
export function mockLog(): MockLog {
  const open = new Set<Tail>();
  const events: LogEvent[] = [];
  const end = () => events.at(-1)?.position ?? 0;

  const stream = (first: string, tail: Pick<Tail, 'isQuery' | 'filter'>): Response => {
    let entry: Tail;
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const send = (text: string) => controller.enqueue(encoder.encode(text));
        entry = { ...tail, send, end: () => (open.delete(entry), controller.close()) };
        open.add(entry);
        send(`retry: 2000\n\n${first}`);
      },
      cancel: () => void open.delete(entry),
    });
    return new HttpResponse(body, { headers: { 'content-type': 'text/event-stream' } });
  };

  const tail = (request: Request): Response => {
    const search = new URL(request.url).searchParams;
    const pattern = (search.get('subject') ?? '>')
      .replaceAll('.', '\\.')
      .replaceAll('*', '[^.]+')
      .replaceAll('>', '.+');
    const filter = (event: LogEvent) =>
      ['', event.stream].includes(search.get('stream') ?? '') &&
      ['', event.type].includes(search.get('type') ?? '') &&
      ['', event.correlationid].includes(search.get('correlation') ?? '') &&
      new RegExp(`^${pattern}$`).test(event.subject);
    const after = Number(search.get('after') ?? -1);
    const fitting = events.filter((event) => filter(event) && event.position > after);
    const first = search.has('last') ? fitting.slice(-Number(search.get('last'))) : fitting;
    const text = first.map((event) => sse('event', event.position, event)).join('');
    return stream(`${text}${sse('position', end(), { position: end() })}`, { isQuery: false, filter });
  };

  const rowsOf = (found: readonly LogEvent[]) =>
    found.map((event) =>
      columns.map((name) => (name === 'data' ? JSON.stringify(event.data) : event[name as keyof LogEvent])),
    );
  const eventRows = (sql: string, params: readonly unknown[]): readonly LogEvent[] | undefined => {
    const [first] = params;
    if (sql.includes('WHERE id = ?')) return events.filter(({ id }) => id === first);
    if (sql.includes('WHERE position = ?')) return events.filter(({ position }) => position === first);
    if (sql.includes('WHERE correlationid = ?')) return events.filter(({ correlationid }) => correlationid === first);
    if (!sql.includes('WHERE position < ?')) return undefined;
    const before = events.filter(({ position }) => position < Number(first));
    return before.toReversed().slice(0, Number(params.at(-1)));
  };

  const query = async (request: Request): Promise<Response> => {
    const body = (await request.json()) as { sql?: string; kql?: string; params?: unknown[] };
    const text = body.sql ?? body.kql ?? '';
    const found = eventRows(text, body.params ?? []);
    const answer = found
      ? { columns: columns.map((name) => ({ name, type: 'any' })), rows: rowsOf(found) }
      : log.answer;
    if ('problem' in answer) return problem(400, answer.problem);
    const { rows, truncated, ...head } = answer;
    if (/EMIT CHANGES\s*$/.test(text)) return stream(result(), { isQuery: true, filter: () => false });
    const last = { done: true, rows: rows.length, durationMs: 1.5, position: end(), truncated };
    const lines = [{ ...head, position: end() }, ...rows, last];
    return new HttpResponse(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  };
  const result = () =>
    'problem' in log.answer ? '' : sse('result', end(), { ...log.answer, position: end(), durationMs: 2 });

  const inMood = async (request: Request, answer: () => Response | Promise<Response>): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    log.asked.push(request.method === 'GET' ? pathname + search : await request.clone().text());
    if (log.mood === 'slow') await new Promise((resolve) => setTimeout(resolve, 2_000));
    if (log.mood === 'unreachable') return HttpResponse.error();
    if (log.mood === 'staff only') return problem(403, { code: 'staff-only', detail: 'this is for the staff' });
    if (log.mood === 'failing') return problem(503, { code: 'log-not-readable', detail: 'the log is busy' });
    return answer();
  };

  const log: MockLog = {
    ...{ asked: [], open, events, mood: 'well', answer: { columns: [], rows: [] } },
    handlers: [
      http.get('*/api/events/tail', ({ request }) => inMood(request, () => tail(request))),
      http.post('*/api/events/query', ({ request }) => inMood(request, () => query(request))),
    ],
    append(given) {
      const position = given.position ?? end() + 1;
      const event: LogEvent = {
        ...{ position, stream: 'cart', subject: 'cart.cart.c1', type: 'cart.item-quantity-set.v1', source: '/cart' },
        ...{ time: new Date().toISOString(), id: `e_${position}`, correlationid: `r_${position}` },
        ...{ causationid: null, data: { sku: 'TEA-1', quantity: position } },
        ...given,
      };
      events.push(event);
      for (const { send, filter } of open) if (filter(event)) send(sse('event', position, event));
      return event;
    },
    cut: () => [...open].forEach((each) => each.end()),
    change: () => [...open].filter(({ isQuery }) => isQuery).forEach(({ send }) => send(result())),
  };
  return log;
}

function problem(status: number, more: object): Response {
  const headers = { 'content-type': 'application/problem+json' };
  return HttpResponse.json({ status, title: 'No', ...more }, { status, headers });
}
