import { shopOptions, type Command } from '../command.ts';
import { asStaff } from '../shop/as-staff.ts';
import { columnsOf, missingNote } from '../upkeep/each-backend.ts';
import { readModelsOf, type ReadModel } from '../upkeep/read-models.ts';

/** `souk projections list` */
export const projectionsListCommand: Command = {
  name: 'projections list',
  summary: 'Lists the read models of all backends, and how far each is behind the log',
  positionals: [],
  options: shopOptions,
  notes: ['Exit code 1 when one is stuck, or a backend does not answer.'],
  async run(input) {
    const { models, missing } = await asStaff(input, readModelsOf);
    input.output.result(
      () => [...columnsOf(head, models.map(rowOf)), ...missingNote(missing)].join('\n'),
      () => ({ projections: models, missing }),
    );
    return missing.length > 0 || models.some(({ failing }) => failing !== undefined) ? 1 : 0;
  },
};

const head = ['READ MODEL', 'POSITION', 'BEHIND', 'STATE'];

function rowOf({ backend, name, caughtUp, failing, streams, rebuild }: ReadModel): string[] {
  const state = failing ?? (rebuild?.state === 'building' ? 'being rebuilt' : caughtUp ? 'serves' : 'catching up');
  return [
    `${backend}/${name}`,
    streams.map(({ stream, position }) => `${stream} ${position}`).join(', '),
    String(streams.reduce((sum, { lag }) => sum + lag, 0)),
    state,
  ];
}
