import type { Command } from '../command.ts';
import { WrongUse } from '../errors.ts';
import { createHelpCommand } from './help.ts';
import { importCommand } from './import.ts';
import { statusCommand } from './status.ts';

const helpCommand = createHelpCommand({ all: () => commands, find: findCommand });

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [importCommand, statusCommand, helpCommand];

/**
 * The command of this name; no name, or a flag that asks for help, means `help`.
 * @throws {WrongUse}
 */
export function findCommand(name: string | undefined): Command {
  if (name === undefined || name === '--help' || name === '-h') return helpCommand;
  const found = commands.find((command) => command.name === name);
  if (found) return found;
  const names = commands.map((command) => command.name).join(', ');
  throw new WrongUse(`souk: "${name}" is no command; there are: ${names}`);
}
