import type { Output } from './terminal/output.ts';

/** An option as `--name` or `--name value`. */
export interface Option {
  readonly type: 'boolean' | 'string';
  /** What the help calls its value: `URL`. */
  readonly value?: string;
  readonly summary: string;
}

/** What a command is given. */
export interface Input {
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
  readonly output: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What stands after `souk`: one word, or two. To add a command, write a file that exports one of these and name it in `commands/index.ts`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What must stand behind the name, in order: `['FILE.csv']`; a name that ends with `?` may be left out. */
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  /** What the help adds: how it behaves, one paragraph per entry. */
  readonly notes?: readonly string[];
  /**
   * @returns the exit code
   * @throws {WrongUse} {@link CommandFailed}
   */
  run(input: Input): Promise<number>;
}

/** Options that every command has. */
export const commonOptions: Readonly<Record<string, Option>> = {
  json: { type: 'boolean', summary: 'print the result as one JSON document' },
  help: { type: 'boolean', summary: 'print this help' },
};

/** Options of a command that talks to a shop. */
export const shopOptions: Readonly<Record<string, Option>> = {
  url: { type: 'string', value: 'URL', summary: 'address of the shop (default: http://localhost:3000, or PORT)' },
};
