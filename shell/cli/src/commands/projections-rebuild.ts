import { shopOptions, type Command, type Input } from '../command.ts';
import { CommandFailed } from '../errors.ts';
import { asStaff, type StaffRequest } from '../shop/as-staff.ts';
import { linesOf } from '../shop/lines-of.ts';
import { progressOf, readModelsOf, summaryOf, type ReadModel, type RebuildProgress } from '../upkeep/read-models.ts';

/** `souk projections rebuild NAME` */
export const projectionsRebuildCommand: Command = {
  name: 'projections rebuild',
  summary: 'Builds the read models of a backend anew from the log, while the shop keeps serving',
  positionals: ['NAME'],
  options: shopOptions,
  notes: [
    'NAME is a backend, or one of its read models: catalog, chat/chat-inbox. The old one serves until the new one has\n' +
      'caught up, and both change places in one transaction. Ctrl-C ends only the looking on.',
  ],
  async run(input) {
    const [wanted = ''] = input.positionals;
    await asStaff(input, async (request, url) => {
      const { models } = await readModelsOf(request, url);
      const chosen = models.filter((model) => model.backend === wanted || nameOf(model) === wanted);
      if (chosen.length === 0) {
        throw new CommandFailed(`there is no read model "${wanted}"; there are: ${models.map(nameOf).join(', ')}`);
      }
      const rebuilt: ({ readonly name: string } & RebuildProgress)[] = [];
      for (const model of chosen) rebuilt.push({ name: nameOf(model), ...(await rebuild(model, request, input)) });
      input.output.result(
        () => rebuilt.map((one) => summaryOf(one.name, one)).join('\n'),
        () => ({ rebuilt }),
      );
    }).finally(() => input.output.endProgress());
    return 0;
  },
};

async function rebuild(model: ReadModel, request: StaffRequest, { output }: Input): Promise<RebuildProgress> {
  const response = await request(`/api/${model.backend}/projections/${model.name}/rebuild`, { json: {} });
  let last: RebuildProgress | undefined;
  try {
    for await (const line of linesOf(response.body)) {
      const progress = (last = JSON.parse(line) as RebuildProgress);
      output.progress(() => progressOf(nameOf(model), progress));
    }
  } catch (cause) {
    throw new CommandFailed(gone(model), { cause });
  }
  if (last?.state === 'rebuilt') return last;
  if (last?.state === 'failed') {
    throw new CommandFailed(`${nameOf(model)} is not rebuilt, the old one serves on: ${last.reason ?? 'unknown'}`);
  }
  throw new CommandFailed(gone(model));
}

function nameOf({ backend, name }: ReadModel): string {
  return `${backend}/${name}`;
}

function gone(model: ReadModel): string {
  return `the shop went away while ${nameOf(model)} was rebuilt; the old one is still there`;
}
