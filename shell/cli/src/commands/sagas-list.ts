import { shopOptions, type Command } from '../command.ts';
import { WrongUse } from '../errors.ts';
import { plain } from '../events/query.ts';
import { sagasPath, type SagaList } from '../sagas/saga.ts';
import { asStaff } from '../shop/as-staff.ts';

const states = ['parked', 'compensating', 'running', 'failed', 'completed'];

/** `souk sagas list` */
export const sagasListCommand: Command = {
  name: 'sagas list',
  summary: 'Lists sagas, the last ones first, and counts them by state',
  positionals: [],
  options: {
    ...shopOptions,
    state: { type: 'string', value: 'STATE', summary: `only these: ${states.join(', ')}` },
    id: { type: 'string', value: 'TEXT', summary: 'only those whose id begins with this' },
  },
  async run(input) {
    const { state, id } = input.options;
    if (typeof state === 'string' && !states.includes(state))
      throw new WrongUse(`souk sagas list: --state: "${state}" is none; there are: ${states.join(', ')}`);
    const query = new URLSearchParams({ pageSize: '100' });
    if (typeof state === 'string') query.set('state', state);
    if (typeof id === 'string') query.set('q', id);
    await asStaff(input, async (request) => {
      const list = (await (await request(`${sagasPath}?${query}`)).json()) as SagaList;
      input.output.result(
        () => tableOf(list),
        () => list,
      );
    });
    return 0;
  },
};

function tableOf({ counts, total, sagas }: SagaList): string {
  const lines = sagas.map(({ id, definition, state, step = '', updatedAt, reason = '' }) =>
    plain([updatedAt, state.padEnd(12), id, definition, step, reason].join('  ').trimEnd()),
  );
  const summary = states.map((state) => `${counts[state] ?? 0} ${state}`).join(', ');
  const more = total > sagas.length ? ` (${total - sagas.length} older ones are not shown)` : '';
  return [...lines, '', `${summary}${more}`].join('\n').trimStart();
}
