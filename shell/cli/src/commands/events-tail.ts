import { shopOptions, type Command, type Input } from '../command.ts';
import { CommandFailed, WrongUse } from '../errors.ts';
import type { LogEvent } from '../events/event-tree.ts';
import { plain } from '../events/query.ts';
import { asStaff, sentenceOf, type StaffRequest } from '../shop/as-staff.ts';
import { streamEventsOf } from '../shop/lines-of.ts';

const filters = ['stream', 'type', 'subject', 'correlation'] as const;

/** `souk events tail` */
export const eventsTailCommand: Command = {
  name: 'events tail',
  summary: 'Prints events as they come, until Ctrl-C',
  positionals: [],
  options: {
    ...shopOptions,
    stream: { type: 'string', value: 'NAME', summary: 'only this stream: cart' },
    type: { type: 'string', value: 'TYPE', summary: 'only this type; * stands for anything: "cart.order-*"' },
    subject: { type: 'string', value: 'FILTER', summary: 'only these subjects: "cart.order.>"' },
    correlation: { type: 'string', value: 'ID', summary: 'only this conversation' },
    last: { type: 'string', value: 'N', summary: 'begin with the last N that match (default: 10, at most 500)' },
    count: { type: 'string', value: 'N', summary: 'end after N events' },
  },
  notes: ['With --json each event is one line of JSON.'],
  async run(input) {
    const last = numberOf(input, 'last', 10);
    const count = numberOf(input, 'count', Infinity);
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort());
    await asStaff(
      input,
      async (request) => {
        let left = count;
        let after: string | undefined;
        while (left > 0) {
          const query = queryOf(input, after === undefined ? { last: String(Math.min(last, 500)) } : { after });
          for await (const { event, id } of eventsOf(request, query, stop.signal)) {
            after = id ?? after;
            if (event) print(event, input);
            if (event && --left === 0) return;
          }
          if (stop.signal.aborted) return;
        }
      },
      stop.signal,
    );
    return 0;
  },
};

function numberOf({ options }: Input, name: string, otherwise: number): number {
  const text = options[name];
  if (typeof text !== 'string') return otherwise;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new WrongUse(`souk events tail: --${name}: "${text}" is no number`);
}

function queryOf({ options }: Input, more: Record<string, string>): string {
  const given = filters.flatMap((name) => (typeof options[name] === 'string' ? [[name, options[name]]] : []));
  return String(new URLSearchParams([...(given as [string, string][]), ...Object.entries(more)]));
}

async function* eventsOf(
  request: StaffRequest,
  query: string,
  signal: AbortSignal,
): AsyncGenerator<{ readonly id: string | undefined; readonly event?: LogEvent }> {
  try {
    const response = await request(`/api/events/tail?${query}`);
    for await (const { event, id, data } of streamEventsOf(response.body)) {
      if (event === 'error') {
        const problem = JSON.parse(data) as { detail?: string };
        throw new CommandFailed(sentenceOf(problem) ?? 'the shop cannot read its log');
      }
      yield event === 'event' ? { id, event: JSON.parse(data) as LogEvent } : { id };
    }
  } catch (cause) {
    if (signal.aborted) return;
    if (cause instanceof CommandFailed) throw cause;
    throw new CommandFailed('the shop went away', { cause });
  }
}

function print(event: LogEvent, { options }: Input): void {
  const line =
    options['json'] === true
      ? JSON.stringify(event)
      : plain(`${event.position}  ${event.time}  ${event.type}  ${event.subject}  ${event.id}`) +
        `\n    ${plain(JSON.stringify(event.data))}`;
  process.stdout.write(`${line}\n`);
}
