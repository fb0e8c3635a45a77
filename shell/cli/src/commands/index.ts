import type { Command } from '../command.ts';
import { WrongUse } from '../errors.ts';
import { deployCommand } from './deploy.ts';
import { deadLettersDismissCommand, deadLettersReplayCommand } from './dead-letters-act.ts';
import { deadLettersListCommand } from './dead-letters-list.ts';
import { deadLettersShowCommand } from './dead-letters-show.ts';
import { erasePersonCommand } from './erase-person.ts';
import { backupCommand } from './backup.ts';
import { backupVerifyCommand } from './backup-verify.ts';
import { eventsQueryCommand } from './events-query.ts';
import { eventsShowCommand } from './events-show.ts';
import { eventsTailCommand } from './events-tail.ts';
import { checkCommand } from './check.ts';
import { createHelpCommand } from './help.ts';
import { historyCommand } from './history.ts';
import { importCommand } from './import.ts';
import { overrideCommand } from './override.ts';
import { projectionsListCommand } from './projections-list.ts';
import { projectionsRebuildCommand } from './projections-rebuild.ts';
import { promoteCommand } from './promote.ts';
import { restoreCommand } from './restore.ts';
import { rollbackCommand } from './rollback.ts';
import { sagasActCommands } from './sagas-act.ts';
import { sagasListCommand } from './sagas-list.ts';
import { sagasShowCommand } from './sagas-show.ts';
import { statusCommand } from './status.ts';
import { tokensCommands } from './tokens.ts';
import { verifyCommand } from './verify.ts';

const helpCommand = createHelpCommand({ all: () => commands, find: (name) => findCommand(name.split(' ')).command });

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  importCommand,
  statusCommand,
  checkCommand,
  deployCommand,
  promoteCommand,
  rollbackCommand,
  historyCommand,
  overrideCommand,
  ...tokensCommands,
  eventsQueryCommand,
  eventsTailCommand,
  eventsShowCommand,
  projectionsListCommand,
  projectionsRebuildCommand,
  deadLettersListCommand,
  deadLettersShowCommand,
  deadLettersReplayCommand,
  deadLettersDismissCommand,
  erasePersonCommand,
  verifyCommand,
  // Before `backup`, which its first word would be taken for.
  backupVerifyCommand,
  backupCommand,
  restoreCommand,
  sagasListCommand,
  sagasShowCommand,
  ...sagasActCommands,
  helpCommand,
];

/** A command, and what stands behind its name. */
export interface FoundCommand {
  readonly command: Command;
  readonly rest: readonly string[];
}

/**
 * The command whose name, one word or two, begins the arguments; no name, or a flag that asks for help, means `help`.
 * @throws {WrongUse}
 */
export function findCommand(args: readonly string[]): FoundCommand {
  const [first] = args;
  if (first === undefined || first === '--help' || first === '-h') return { command: helpCommand, rest: args.slice(1) };
  for (const command of commands) {
    const words = command.name.split(' ');
    if (words.every((word, index) => word === args[index])) return { command, rest: args.slice(words.length) };
  }
  const names = commands.map((command) => command.name).join(', ');
  const group = commands.some(({ name }) => name.startsWith(`${first} `));
  const given = group && args[1] !== undefined && !args[1].startsWith('-') ? `${first} ${args[1]}` : first;
  throw new WrongUse(`souk: "${given}" is no command; there are: ${names}`);
}
