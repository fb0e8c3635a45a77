import { parseArgs } from 'node:util';
import { commonOptions, type Command, type Input } from './command.ts';
import { WrongUse } from './errors.ts';
import { usageOf } from './help-text.ts';

/**
 * What stands behind the name of a command.
 * @throws {WrongUse}
 */
export function readArguments(command: Command, args: readonly string[]): Pick<Input, 'options' | 'positionals'> {
  const wrong = (what: string) => new WrongUse(`souk ${command.name}: ${what}; usage: ${usageOf(command)}`);
  const { values, positionals } = parse(command, args, wrong);
  const required = command.positionals.filter((name) => !name.endsWith('?'));
  if (positionals.length < required.length) throw wrong(`${required[positionals.length]} is missing`);
  const surplus = positionals[command.positionals.length];
  if (surplus !== undefined) throw wrong(`"${surplus}" is one argument too many`);
  return { options: values, positionals };
}

function parse(command: Command, args: readonly string[], wrong: (what: string) => WrongUse) {
  const options = Object.fromEntries(
    Object.entries({ ...commonOptions, ...command.options }).map(([name, { type }]) => [name, { type }]),
  );
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\. |\n/);
    throw wrong(sentence.replace(/[.;]$/, '').replace(/^./, (first) => first.toLowerCase()));
  }
}
