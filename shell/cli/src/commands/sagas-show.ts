import { shopOptions, type Command } from '../command.ts';
import { describeSaga, sagasPath, type Saga } from '../sagas/saga.ts';
import { asStaff } from '../shop/as-staff.ts';

/** `souk sagas show ID` */
export const sagasShowCommand: Command = {
  name: 'sagas show',
  summary: 'Shows one saga: where it stands, its steps, what happened, and what may be done',
  positionals: ['ID'],
  options: shopOptions,
  async run(input) {
    const [id = ''] = input.positionals;
    await asStaff(input, async (request) => {
      const saga = (await (await request(`${sagasPath}/${encodeURIComponent(id)}`)).json()) as Saga;
      input.output.result(
        () => describeSaga(saga),
        () => saga,
      );
    });
    return 0;
  },
};
