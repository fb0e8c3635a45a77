import { signSession } from '@souk/service-kit';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from '../row.ts';
import { load } from '../load.ts';
import type { Round } from '../load.ts';

const rounds = 7;
/** Syncs that take longer, milliseconds: a solid state disk over the network, and a disk of a small cloud server. */
const slowerMs = [1, 4];
const roundsOfSlower = 3;
const roundMs = 1500;
const secret = 'a-secret-for-benchmarks-of-32-characters-or-more';

/** A command over two events beside a plain handler with one FULL commit: same process, same app, rounds in turns. */
export async function run(): Promise<readonly Row[]> {
  const rows = await withServer(0, async (port, dataDir) => {
    const one = await compare(port, dataDir, 1);
    const fifty = await compare(port, dataDir, 50);
    const sync = median([...one.syncMs, ...fifty.syncMs]);
    return [
      row('one caller, p50 ms', one, ({ p50Ms }) => p50Ms, 2, 'most'),
      row('one caller, requests per second', one, ({ perSecond }) => perSecond),
      row('one caller, synced commits per request', one, ({ commits }) => commits),
      row('50 callers, requests per second', fifty, ({ perSecond }) => perSecond, 4, 'least'),
      row('50 callers, p50 ms', fifty, ({ p50Ms }) => p50Ms),
      row('50 callers, p99 ms', fifty, ({ p99Ms }) => p99Ms, 1, 'most'),
      row('50 callers, synced commits per request', fifty, ({ commits }) => commits),
      {
        figure: 'a write and fdatasync of 4 KiB on this disk, p50 ms',
        ...{ measured: text(sync), baseline: '', ratio: '', reach: '', reached: true },
      },
    ];
  });
  for (const ms of slowerMs) {
    const emulated = await withServer(ms, (port, dataDir) => compare(port, dataDir, 50, roundsOfSlower));
    const figure = `EMULATED, each sync ${ms} ms longer for both: 50 callers, requests per second`;
    rows.push(row(figure, emulated, ({ perSecond }) => perSecond));
  }
  return rows;
}

async function withServer<Result>(slower: number, measure: (port: number, dataDir: string) => Promise<Result>) {
  const dataDir = mkdtempSync(join(tmpdir(), 'souk-bench-'));
  const args = [join(import.meta.dirname, 'server.ts'), dataDir, secret, String(slower)];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = (await once(server.stdout, 'data')) as [Buffer];
    return await measure(Number(line.toString()), dataDir);
  } finally {
    server.kill();
    await once(server, 'exit');
    rmSync(dataDir, { recursive: true });
  }
}

interface Measured extends Round {
  /** Synced commits per request. */
  readonly commits: number;
}

interface Compared {
  readonly plain: readonly Measured[];
  readonly command: readonly Measured[];
  readonly syncMs: readonly number[];
}

async function compare(port: number, dataDir: string, callers: number, times = rounds): Promise<Compared> {
  const [plain, command, syncMs]: [Measured[], Measured[], number[]] = [[], [], []];
  const measure = async (route: string, file: string): Promise<Measured> => {
    const before = commitsOf(join(dataDir, file));
    const round = await load(port, requestTo(route), callers, roundMs);
    const commits = commitsOf(join(dataDir, file)) - before;
    return { ...round, commits: commits / round.requests };
  };
  for (let round = -1; round < times; round++) {
    const measured = [await measure('plain', 'plain.db'), await measure('commands', 'channel.db')] as const;
    // The first one is for the compiler.
    if (round < 0) continue;
    plain.push(measured[0]);
    command.push(measured[1]);
    syncMs.push(...syncTimes(join(dataDir, 'raw')));
  }
  return { plain, command, syncMs };
}

/**
 * How many transactions a database in WAL mode has committed since it was opened; with `synchronous = FULL` each is one sync.
 * @see https://sqlite.org/walformat.html the third number of the shared-memory file's header
 */
function commitsOf(file: string): number {
  return readFileSync(`${file}-shm`).readUInt32LE(8);
}

/** What the disk alone takes, milliseconds. */
function syncTimes(path: string): number[] {
  const file = openSync(path, 'a');
  const page = Buffer.alloc(4096, 1);
  const times = Array.from({ length: 50 }, () => {
    const begun = performance.now();
    writeSync(file, page);
    fdatasyncSync(file);
    return performance.now() - begun;
  });
  closeSync(file);
  return times;
}

function requestTo(route: string): string {
  const session = signSession({ shopperId: 's_bench', roles: ['shopper'] }, secret, Date.now() + 3_600_000);
  const head = ['host: bench', 'content-type: application/json', 'content-length: 7', `souk-session: ${session}`];
  return `POST /api/bench/${route} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n{"n":1}`;
}

function row(
  figure: string,
  rounds: Compared,
  of: (round: Measured) => number,
  bound?: number,
  side?: 'most' | 'least',
): Row {
  const [plain, command] = [median(rounds.plain.map(of)), median(rounds.command.map(of))];
  const ratio = median(rounds.command.map((round, index) => of(round) / of(rounds.plain[index]!)));
  const told = { measured: text(command), baseline: `${text(plain)} plain`, ratio: `${ratio.toFixed(2)} ×` };
  if (bound === undefined) return { figure, ...told, reach: '', reached: true };
  const reached = side === 'most' ? ratio <= bound : ratio >= bound;
  return { figure, ...told, reach: `${side === 'most' ? '≤' : '≥'} ${bound} ×`, reached };
}

function text(value: number): string {
  return value >= 100 ? Math.round(value).toString() : value.toFixed(2);
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
