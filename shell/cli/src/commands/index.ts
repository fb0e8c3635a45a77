import type { Command } from '../command.ts';
import { WrongUse } from '../errors.ts';
import { createHelpCommand } from './help.ts';

/**
 * Every command by its name, in the order of the help. Only the one that is called is loaded: half of the time that a
 * command takes is spent on starting.
 */
const commands: Readonly<Record<string, () => Promise<Command | undefined>>> = {
  import: async () => (await import('./import.ts')).importCommand,
  status: async () => (await import('./status.ts')).statusCommand,
  check: async () => (await import('./check.ts')).checkCommand,
  deploy: async () => (await import('./deploy.ts')).deployCommand,
  promote: async () => (await import('./promote.ts')).promoteCommand,
  rollback: async () => (await import('./rollback.ts')).rollbackCommand,
  history: async () => (await import('./history.ts')).historyCommand,
  override: async () => (await import('./override.ts')).overrideCommand,
  'tokens create': () => tokens('tokens create'),
  'tokens list': () => tokens('tokens list'),
  'tokens revoke': () => tokens('tokens revoke'),
  'events query': async () => (await import('./events-query.ts')).eventsQueryCommand,
  'events tail': async () => (await import('./events-tail.ts')).eventsTailCommand,
  'events show': async () => (await import('./events-show.ts')).eventsShowCommand,
  'projections list': async () => (await import('./projections-list.ts')).projectionsListCommand,
  'projections rebuild': async () => (await import('./projections-rebuild.ts')).projectionsRebuildCommand,
  'dead-letters list': async () => (await import('./dead-letters-list.ts')).deadLettersListCommand,
  'dead-letters show': async () => (await import('./dead-letters-show.ts')).deadLettersShowCommand,
  'dead-letters replay': async () => (await import('./dead-letters-act.ts')).deadLettersReplayCommand,
  'dead-letters dismiss': async () => (await import('./dead-letters-act.ts')).deadLettersDismissCommand,
  'erase-person': async () => (await import('./erase-person.ts')).erasePersonCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  // Before `backup`, which its first word would be taken for.
  'backup verify': async () => (await import('./backup-verify.ts')).backupVerifyCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
  'sagas list': async () => (await import('./sagas-list.ts')).sagasListCommand,
  'sagas show': async () => (await import('./sagas-show.ts')).sagasShowCommand,
  'sagas retry': () => sagas('sagas retry'),
  'sagas skip': () => sagas('sagas skip'),
  'sagas resolve': () => sagas('sagas resolve'),
  'sagas resume': () => sagas('sagas resume'),
  help: async () => helpCommand,
};

const tokens = async (name: string) => (await import('./tokens.ts')).tokensCommands.find((each) => each.name === name);
const sagas = async (name: string) =>
  (await import('./sagas-act.ts')).sagasActCommands.find((each) => each.name === name);

const helpCommand = createHelpCommand({
  all: allCommands,
  find: async (name) => (await findCommand(name.split(' '))).command,
});

/** Every command, in the order of the help. */
export async function allCommands(): Promise<readonly Command[]> {
  return Promise.all(Object.keys(commands).map(load));
}

/** A command, and what stands behind its name. */
export interface FoundCommand {
  readonly command: Command;
  readonly rest: readonly string[];
}

/**
 * The command whose name, one word or two, begins the arguments; no name, or a flag that asks for help, means `help`.
 * @throws {WrongUse}
 */
export async function findCommand(args: readonly string[]): Promise<FoundCommand> {
  const [first] = args;
  if (first === undefined || first === '--help' || first === '-h') return { command: helpCommand, rest: args.slice(1) };
  const names = Object.keys(commands);
  for (const name of names) {
    const words = name.split(' ');
    if (words.every((word, index) => word === args[index]))
      return { command: await load(name), rest: args.slice(words.length) };
  }
  const group = names.some((name) => name.startsWith(`${first} `));
  const given = group && args[1] !== undefined && !args[1].startsWith('-') ? `${first} ${args[1]}` : first;
  throw new WrongUse(`souk: "${given}" is no command; there are: ${names.join(', ')}`);
}

async function load(name: string): Promise<Command> {
  const command = await commands[name]?.();
  if (command?.name !== name) throw new Error(`"${name}" is not where it should be`);
  return command;
}
