import { commonOptions, type Command, type Option } from './command.ts';

/** One line: how a command is called. */
export function usageOf(command: Command): string {
  const positionals = command.positionals.map((name) => (name.endsWith('?') ? `[${name.slice(0, -1)}]` : name));
  const options = Object.entries(command.options).map(([name, option]) => `[${flag(name, option)}]`);
  return ['npm run souk --', command.name, ...positionals, ...options, '[--json]'].join(' ');
}

/** All about one command. */
export function helpOf(command: Command): string {
  const options = Object.entries({ ...command.options, ...commonOptions });
  const lines = table(options.map(([name, option]) => [flag(name, option), option.summary]));
  return [command.summary, '', `  ${usageOf(command)}`, '', ...lines, ...(command.notes ?? []).flatMap(paragraph)].join(
    '\n',
  );
}

/** The list of all commands. */
export function helpOfAll(commands: readonly Command[]): string {
  return [
    'souk: the shop from the command line',
    '',
    '  npm run souk -- COMMAND [--help] [--json]',
    '',
    ...table(commands.map(({ name, summary }) => [name, summary])),
    '',
    'Exit code 0: done. 1: failed. 2: called in a wrong way. Everything else is told in one line on standard error.',
  ].join('\n');
}

function flag(name: string, { value }: Option): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

function paragraph(text: string): string[] {
  return ['', text];
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
