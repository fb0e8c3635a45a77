/** `npm run souk -- <command>`: one file per command in `commands/`; exit code 0 ok, 1 failed, 2 wrong use. */
import { findCommand } from './commands/index.ts';
import { readArguments } from './read-arguments.ts';
import { CommandFailed, WrongUse } from './errors.ts';
import { helpOf } from './help-text.ts';
import { createOutput } from './terminal/output.ts';

// Whoever reads the result has read enough: `| head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof WrongUse) && !(error instanceof CommandFailed)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof WrongUse ? 2 : 1;
}
// The channel to the npm script that started us must not keep us alive.
if (process.connected) process.disconnect?.();

async function main(args: readonly string[]): Promise<number> {
  const { command, rest } = await findCommand(args);
  if (rest.includes('--help')) {
    console.log(helpOf(command));
    return 0;
  }
  const { options, positionals } = readArguments(command, rest);
  const output = createOutput({ json: options['json'] === true });
  return command.run({ options, positionals, output, env: process.env });
}
