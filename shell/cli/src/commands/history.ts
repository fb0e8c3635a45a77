import { shopOptions, type Command } from '../command.ts';
import { WrongUse } from '../errors.ts';
import { asDeployer } from '../rollout/as-deployer.ts';
import { needName } from '../rollout/deployment.ts';

interface Entry {
  readonly position: number;
  readonly time: string;
  readonly what: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** `souk history [NAME] [--limit N]` */
export const historyCommand: Command = {
  name: 'history',
  summary: 'What was deployed, promoted, rolled back, blocked or refused, by whom and why; the last one first',
  positionals: ['NAME?'],
  options: { ...shopOptions, limit: { type: 'string', value: 'N', summary: 'how many (default: 20)' } },
  notes: ['With SOUK_TOKEN set it is asked as that team, which must name its micro frontend; else as staff.'],
  async run(input) {
    const [name] = input.positionals;
    if (name !== undefined) needName(name);
    const limit = Number(input.options['limit'] ?? 20);
    if (!Number.isInteger(limit) || limit < 1)
      throw new WrongUse('souk history: --limit takes a whole number, 1 or more');
    const query = new URLSearchParams({ ...(name !== undefined && { mfe: name }), limit: String(limit) });
    const { entries } = await asDeployer(input, async (request) => {
      return (await (await request(`/registry/history?${query}`)).json()) as { entries: readonly Entry[] };
    });
    input.output.result(
      () => (entries.length === 0 ? 'nothing has happened yet' : entries.map(describe).join('\n')),
      () => ({ entries }),
    );
    return 0;
  },
};

function describe({ time, what, data }: Entry): string {
  const { name, version, percent, from, to, by, reason, code } = data as Partial<Record<string, string>>;
  const subject = from === undefined ? [version] : [from, '→', to ?? 'nothing'];
  const more = [
    percent === undefined ? '' : `${percent} %`,
    code ?? '',
    by === undefined ? '' : `by ${by}`,
    reason === undefined ? '' : `(${reason})`,
  ];
  return [time, name, what, ...subject, ...more].filter((part) => part !== undefined && part !== '').join('  ');
}
