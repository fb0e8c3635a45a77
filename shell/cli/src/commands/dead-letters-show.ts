import { shopOptions, type Command } from '../command.ts';
import { plain } from '../events/query.ts';
import { asStaff } from '../shop/as-staff.ts';
import { letterPositionals, pathOfLetter, type DeadLetter } from '../upkeep/dead-letters.ts';

/** `souk dead-letters show REACTOR POSITION` */
export const deadLettersShowCommand: Command = {
  name: 'dead-letters show',
  summary: 'Shows one dead letter: the reason, and the event as it stands in the log',
  positionals: letterPositionals,
  options: shopOptions,
  async run(input) {
    const shown = await asStaff(input, async (request, url) => {
      const response = await request(await pathOfLetter(request, url, input));
      return (await response.json()) as DeadLetter & { readonly event: unknown };
    });
    input.output.result(
      () => describe(shown),
      () => shown,
    );
    return 0;
  },
};

function describe({ event, ...members }: DeadLetter & { readonly event: unknown }): string {
  const lines = Object.entries(members).map(([name, value]) => `${name.padEnd(14)} ${plain(String(value))}`);
  const text = JSON.stringify(event, null, 2)
    .split('\n')
    .map((line) => `  ${plain(line)}`);
  return [...lines, 'event', ...text].join('\n');
}
