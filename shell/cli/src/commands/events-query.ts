import { shopOptions, type Command, type Input } from '../command.ts';
import { CommandFailed, WrongUse } from '../errors.ts';
import { query, tableOf, type Answer, type Question } from '../events/query.ts';
import { asStaff, sentenceOf, type StaffRequest } from '../shop/as-staff.ts';
import { streamEventsOf } from '../shop/lines-of.ts';

/** `souk events query "SELECT …"` */
export const eventsQueryCommand: Command = {
  name: 'events query',
  summary: 'Asks the log and the read models of the running shop, in SQL or KQL',
  positionals: ['STATEMENT'],
  options: {
    ...shopOptions,
    kql: { type: 'boolean', summary: 'the statement is KQL: "events | summarize count() by type"' },
    csv: { type: 'boolean', summary: 'print the answer as CSV' },
    'as-of': {
      type: 'string',
      value: 'WHEN',
      summary: 'ask the past: a position, or a time such as 2026-11-23T10:00Z',
    },
  },
  notes: [
    'The log is the table events (position, stream, subject, type, time, id, source, correlationid, causationid, data);\n' +
      "members of data are read as data->>'orderId'. Read models are tables such as catalog_products, cart_orders.",
    'A statement that ends with EMIT CHANGES prints its answer anew whenever that changes, until Ctrl-C.',
    'The staff password is taken from STAFF_PASSWORD, or else from the secrets.json of DATA_DIR.',
  ],
  async run(input) {
    const question = questionOf(input);
    const statement = input.positionals[0] ?? '';
    if (/\bEMIT\s+CHANGES\s*;?\s*$/i.test(statement)) return follow(input, question);
    await asStaff(input, async (request) => {
      if (question.format === 'csv') return printCsv(request, question);
      const answer = await query(request, question);
      input.output.result(
        () => tableOf(answer),
        () => answer,
      );
    });
    return 0;
  },
};

function questionOf({ positionals: [text = ''], options }: Input): Question {
  const asOf = options['as-of'];
  if (options['csv'] === true && options['json'] === true)
    throw new WrongUse('souk events query: --csv or --json, not both');
  return {
    ...(options['kql'] === true ? { kql: text } : { sql: text }),
    ...(typeof asOf === 'string' && { asOf: /^\d{1,15}$/.test(asOf) ? Number(asOf) : asOf }),
    ...(options['csv'] === true && { format: 'csv' }),
  };
}

async function printCsv(request: StaffRequest, question: Question): Promise<void> {
  const response = await request('/api/events/query', { json: question });
  try {
    for await (const chunk of response.body ?? []) process.stdout.write(chunk);
  } catch (cause) {
    throw new CommandFailed('the answer was cut off: the query was stopped, or the shop went away', { cause });
  }
}

/** Until Ctrl-C, or until the shop ends the stream. */
async function follow(input: Input, question: Question): Promise<number> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  await asStaff(
    input,
    async (request) => {
      try {
        const response = await request('/api/events/query', { json: question });
        for await (const { event, data } of streamEventsOf(response.body)) {
          const value = JSON.parse(data) as Answer & { readonly detail?: string };
          if (event === 'error') throw new CommandFailed(sentenceOf(value) ?? 'the query failed');
          if (event === 'result') {
            input.output.result(
              () => `${tableOf(value)}\n`,
              () => value,
            );
          }
        }
      } catch (error) {
        if (!stop.signal.aborted) throw error;
      }
    },
    stop.signal,
  );
  return 0;
}
