import { shopOptions, type Command } from '../command.ts';
import { describeSaga, findSaga } from '../sagas/saga.ts';
import { asStaff } from '../shop/as-staff.ts';

/** `souk sagas show ID` */
export const sagasShowCommand: Command = {
  name: 'sagas show',
  summary: 'Shows one saga: where it stands, its steps, what happened, and what may be done',
  positionals: ['ID'],
  options: shopOptions,
  async run(input) {
    const [id = ''] = input.positionals;
    await asStaff(input, async (request, url) => {
      const { saga } = await findSaga(request, url, id);
      input.output.result(
        () => describeSaga(saga),
        () => saga,
      );
    });
    return 0;
  },
};
