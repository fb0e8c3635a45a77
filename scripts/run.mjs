// Runs a TypeScript file of this project on the Node that the lockfile pins, after installing what the lockfile asks
// for. The only file that must run on whatever Node (20 or later) the machine has, hence plain JavaScript.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Not in package.json as `packageManager`: pnpm would then want to record itself in the lockfile at each install. */
const pnpm = 'pnpm@12.20.0';
const [script, ...args] = process.argv.slice(2);

install();
run();

/** Skipped when the last install was of the same lockfile: a second start costs nothing here. */
function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.souk-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock && existsSync(nodePath())) return;
  console.log(`installing with ${pnpm} …`);
  const command = ['--yes', pnpm, 'install', '--frozen-lockfile', '--reporter=append-only'];
  const { status, stdout, stderr } = spawnSync('npx', command, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(stdout, stderr);
    console.error('The install failed; see above. It needs npm and a registry that answers.');
    process.exit(1);
  }
  if (!existsSync(nodePath())) {
    console.error(
      `No Node 26 for ${process.platform}-${process.arch} came with the install; install Node 26 yourself.`,
    );
    process.exit(1);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
}

/**
 * The child shares the terminal, so Ctrl-C reaches it directly; SIGTERM is passed on. Should this process be killed
 * outright, the closed IPC channel tells the child, which then ends in order instead of living on as an orphan.
 */
function run() {
  const child = spawn(nodePath(), [join(root, script), ...args], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: {
      // Compiled code is kept: a command of the `souk` tool is there in half the time from its second start on.
      NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node'),
      ...process.env,
      PATH: join(root, 'node_modules', '.bin') + delimiter + process.env.PATH,
    },
  });
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

function nodePath() {
  const major = Number(process.versions.node.split('.')[0]);
  const pinned = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(pinned) || major < 26 ? pinned : process.execPath;
}
