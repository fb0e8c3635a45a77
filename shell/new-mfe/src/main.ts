// `npm run new-mfe -- NAME --framework FRAMEWORK`: a micro frontend that builds, passes its tests and can be deployed.
import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createMfe } from './create-mfe.ts';
import { frameworks, NewMfeRefused } from './names.ts';

/** The same as in scripts/run.mjs, which installs before anything runs; a test compares. */
const pnpm = 'pnpm@12.20.0';

/** What was written could not be linked, and was taken away again. */
class InstallFailed extends Error {}

const help = `npm run new-mfe -- NAME --framework FRAMEWORK

Makes mfe-NAME/ with element, API, backend, events, playground, tests and README.

  NAME                    one lower-case word: it becomes the prefix of tags, events and addresses
  --framework FRAMEWORK   ${frameworks.join(', ')}
  --workspace FOLDER      where to make it; this repository, unless told otherwise
  --no-install            writes the files only
`;

try {
  process.exitCode = await run();
} catch (error) {
  const { code, message, stack } = error as NodeJS.ErrnoException;
  const isForPeople =
    error instanceof NewMfeRefused || error instanceof InstallFailed || code?.startsWith('ERR_PARSE_ARGS');
  console.error(isForPeople ? message : stack);
  process.exitCode = 1;
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    allowNegative: true,
    options: {
      framework: { type: 'string', default: '' },
      workspace: { type: 'string', default: join(import.meta.dirname, '../../..') },
      install: { type: 'boolean', default: true },
      help: { type: 'boolean' },
    },
  });
  const [name = '', ...more] = positionals;
  if (values.help || name === '' || more.length > 0) {
    console.log(help);
    return values.help ? 0 : 1;
  }
  const root = resolve(values.workspace);
  const files = await createMfe({ root, name, framework: values.framework });
  if (values.install) install(root, name);
  console.log(`${files.join('\n')}\n\n${nextSteps(name)}`);
  return 0;
}

/** Links the new packages, and writes the table of who emits and who listens anew. What fails is undone. */
function install(root: string, name: string): void {
  const lockfile = join(root, 'pnpm-lock.yaml');
  const kept = join(tmpdir(), `souk-lockfile-${process.pid}.yaml`);
  copyFileSync(lockfile, kept);
  const steps = [
    ['npx', '--yes', pnpm, 'install', '--reporter=append-only'],
    [process.execPath, 'shared-events/scripts/generate.ts'],
  ];
  try {
    for (const [command, ...args] of steps) {
      const { status, stdout, stderr } = spawnSync(command!, args, { cwd: root, encoding: 'utf8' });
      if (status === 0) continue;
      rmSync(join(root, `mfe-${name}`), { recursive: true, force: true });
      copyFileSync(kept, lockfile);
      throw new InstallFailed(
        `${stdout}${stderr}\n"${command} ${args.join(' ')}" failed, so mfe-${name} was taken away again.`,
      );
    }
  } finally {
    rmSync(kept, { force: true });
  }
}

function nextSteps(name: string): string {
  return `Next:
  pnpm --filter @souk/mfe-${name} dev       see it alone
  pnpm --filter @souk/mfe-${name} build     then: npm run souk -- deploy mfe-${name}
  /${name} in the shop is its page; its badge stands at the end of every page`;
}
