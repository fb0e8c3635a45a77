import type { Command } from '../command.ts';
import { helpOf, helpOfAll } from '../help-text.ts';

/** What `help` can tell about. */
export interface CommandList {
  all(): Promise<readonly Command[]>;
  /** @throws {WrongUse} there is none of this name */
  find(name: string): Promise<Command>;
}

/** `souk help [COMMAND]`; the name of a command may be two words. */
export function createHelpCommand(list: CommandList): Command {
  return {
    name: 'help',
    summary: 'Says what the commands are, or all about one of them',
    positionals: ['COMMAND?', 'WORD?'],
    options: {},
    async run({ positionals, output }) {
      const command = positionals.length === 0 ? undefined : await list.find(positionals.join(' '));
      const all = command ? [command] : await list.all();
      output.result(
        () => (command ? helpOf(command) : helpOfAll(all)),
        () => all.map((each) => ({ name: each.name, summary: each.summary })),
      );
      return 0;
    },
  };
}
