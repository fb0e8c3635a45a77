import { shopOptions, type Command } from '../command.ts';
import { CommandFailed } from '../errors.ts';
import { drawTrees, treesOf, type LogEvent } from '../events/event-tree.ts';
import { plain, query } from '../events/query.ts';
import { asStaff, type StaffRequest } from '../shop/as-staff.ts';

const columns = 'position, subject, type, time, id, source, correlationid, causationid, data';

/** `souk events show ID` */
export const eventsShowCommand: Command = {
  name: 'events show',
  summary: 'Shows one event, and the tree of what caused it and what it caused',
  positionals: ['ID'],
  options: shopOptions,
  notes: ['ID is the id of an event, or its position in the log.'],
  async run(input) {
    const [given = ''] = input.positionals;
    await asStaff(input, async (request) => {
      const byPosition = /^#?\d{1,15}$/.test(given);
      const found = await select(
        request,
        byPosition ? 'position = ?' : 'id = ?',
        byPosition ? Number(given.replace('#', '')) : given,
      );
      const [event] = found;
      if (!event) throw new CommandFailed(`there is no event ${byPosition ? 'at position' : 'with the id'} "${given}"`);
      const conversation =
        event.correlationid === null ? [event] : await select(request, 'correlationid = ?', event.correlationid);
      const trees = treesOf(conversation);
      input.output.result(
        () => `${describe(event)}\n\n${drawTrees(trees, event.id)}`,
        () => ({ event, conversation: trees }),
      );
    });
    return 0;
  },
};

async function select(request: StaffRequest, condition: string, value: string | number): Promise<LogEvent[]> {
  const sql = `SELECT ${columns} FROM events WHERE ${condition} ORDER BY position`;
  const { rows } = await query(request, { sql, params: [value] });
  return rows.map((row) => {
    const values = columns.split(', ').map((name, index) => [name, row[index]]);
    const event = Object.fromEntries(values) as LogEvent;
    return { ...event, data: JSON.parse(String(event.data)) as unknown };
  });
}

function describe(event: LogEvent): string {
  const { data, ...members } = event;
  const lines = Object.entries(members).map(([name, value]) => `${name.padEnd(14)} ${plain(String(value ?? '-'))}`);
  const text = JSON.stringify(data, null, 2)
    .split('\n')
    .map((line) => `  ${plain(line)}`);
  return [...lines, 'data', ...text].join('\n');
}
