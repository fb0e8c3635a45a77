import { shopOptions, type Command } from '../command.ts';
import { WrongUse } from '../errors.ts';
import { plain } from '../events/query.ts';
import type { SagaList } from '../sagas/saga.ts';
import { asStaff } from '../shop/as-staff.ts';
import { eachBackend, missingNote } from '../upkeep/each-backend.ts';

const states = ['parked', 'compensating', 'running', 'failed', 'completed'];

/** `souk sagas list` */
export const sagasListCommand: Command = {
  name: 'sagas list',
  summary: 'Lists the sagas of all backends, the last ones first, and counts them by state',
  positionals: [],
  options: {
    ...shopOptions,
    state: { type: 'string', value: 'STATE', summary: `only these: ${states.join(', ')}` },
    id: { type: 'string', value: 'TEXT', summary: 'only those whose id begins with this' },
  },
  notes: ['Exit code 1 when a backend does not answer.'],
  async run(input) {
    const { state, id } = input.options;
    if (typeof state === 'string' && !states.includes(state))
      throw new WrongUse(`souk sagas list: --state: "${state}" is none; there are: ${states.join(', ')}`);
    const query = new URLSearchParams({ pageSize: '100' });
    if (typeof state === 'string') query.set('state', state);
    if (typeof id === 'string') query.set('q', id);
    const { answers, missing } = await asStaff(input, (request, url) =>
      eachBackend<SagaList>(request, url, `sagas?${query}`),
    );
    const list = together(answers);
    input.output.result(
      () => [tableOf(list), ...missingNote(missing)].join('\n'),
      () => ({ ...list, missing }),
    );
    return missing.length > 0 ? 1 : 0;
  },
};

/** The lists of all backends as one, what moved last first. */
function together(answers: ReadonlyMap<string, SagaList>): SagaList {
  const lists = [...answers.values()];
  const sum = (of: (list: SagaList) => number) => lists.reduce((all, list) => all + of(list), 0);
  const sagas = [...answers].flatMap(([backend, list]) => list.sagas.map((saga) => ({ ...saga, backend })));
  return {
    counts: Object.fromEntries(states.map((state) => [state, sum(({ counts }) => counts[state] ?? 0)])),
    total: sum(({ total }) => total),
    sagas: sagas.toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt)),
  };
}

function tableOf({ counts, total, sagas }: SagaList): string {
  const lines = sagas.map(({ id, definition, state, step = '', updatedAt, reason = '' }) =>
    plain([updatedAt, state.padEnd(12), id, definition, step, reason].join('  ').trimEnd()),
  );
  const summary = states.map((state) => `${counts[state] ?? 0} ${state}`).join(', ');
  const more = total > sagas.length ? ` (${total - sagas.length} older ones are not shown)` : '';
  return [...lines, '', `${summary}${more}`].join('\n').trimStart();
}
