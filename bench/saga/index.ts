/**
 * `npm run bench -- saga`: a saga of three steps that all succeed, beside workflows of DBOS and Restate, in turns.
 *
 * A step is the same trivial work everywhere. With Souk and with Restate's calls it is asked of somebody else by a message
 * that is kept, and so is the answer; with DBOS and Restate's `run` it is a call within the workflow's own process whose
 * result is kept: less than a saga across services needs, and their fastest way.
 *
 * Fault model, the same for all: what is acknowledged survives a power loss of the one machine; the table says by what.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from '../row.ts';
import { startPostgres } from './postgres.ts';
import type { Server } from './postgres.ts';
import { startRestate } from './restate-server.ts';
import type { Round } from './round.ts';
import { startRunner } from './runner.ts';
import type { Runner } from './runner.ts';

const faultModel = [
  'synced: Souk, each commit of the log (WAL, synchronous = FULL; not its read models)',
  'synced: DBOS, each commit of Postgres (defaults of initdb: fsync, synchronous_commit on)',
  'synced: Restate, each write of its log (defaults: one node, WAL fsync on)',
  'a step: Souk and Restate calls, a kept message to another service and its kept reply',
  'a step: DBOS and Restate run, a function in the same process and its kept result',
];
const rounds = 7;
const roundMs = 1_500;

interface Contender {
  readonly name: string;
  readonly runner: Runner;
}

/** One figure of all contenders, ours first. */
interface Figure {
  readonly name: string;
  readonly callers: number;
  readonly of: (round: Round) => number;
  readonly text: (value: number) => string;
  /** Absent for a figure that is only told. */
  readonly better?: 'less' | 'more';
}

const ms = (value: number) => `${value.toFixed(2)} ms`;
const perSecond = (value: number) => `${value.toFixed(0)}/s`;
const figures: readonly Figure[] = [
  { name: 'one at a time, p50', callers: 1, of: ({ p50Ms }) => p50Ms, text: ms, better: 'less' },
  { name: 'one at a time, p99', callers: 1, of: ({ p99Ms }) => p99Ms, text: ms },
  {
    name: '50 at a time, sagas per second',
    callers: 50,
    of: (round) => round.perSecond,
    text: perSecond,
    better: 'more',
  },
  { name: '50 at a time, p50', callers: 50, of: ({ p50Ms }) => p50Ms, text: ms },
  { name: '50 at a time, p99', callers: 50, of: ({ p99Ms }) => p99Ms, text: ms },
];

/** Three steps of Souk beside the same three of each peer; a peer that is not to be had is a missed figure. */
export async function run(): Promise<readonly Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'souk-bench-'));
  // Postgres is another user, and must get through to its own folder.
  chmodSync(dir, 0o755);
  const servers: Server[] = [];
  const contenders: Contender[] = [];
  try {
    const missing = await startAll();
    const measured = await measure(contenders);
    return [
      ...missing,
      ...figures.flatMap((figure) => rowsOf(figure, measured.get(figure.callers)!)),
      ...[...faultModel, `with ${servers.map(({ version }) => version).join(', ')}`].map(told),
    ];
  } finally {
    for (const { runner } of contenders) await runner.close();
    for (const server of servers) await server.close();
    rmSync(dir, { recursive: true, force: true });
  }

  async function startAll(): Promise<Row[]> {
    const add = async (name: string, module: string, args: readonly string[]) =>
      void contenders.push({ name, runner: await startRunner(module, args) });
    await add('Souk', 'souk', [dir]);
    const missing: Row[] = [];
    const postgres = await startPostgres(dir);
    if (postgres) {
      servers.push(postgres);
      await add('DBOS', 'dbos', [postgres.url]);
    } else missing.push(missed('DBOS', 'no Postgres found; on Debian: apt-get install postgresql'));
    const restate = await startRestate(dir);
    if (restate) {
      servers.push(restate);
      await add('Restate, run', 'restate', [restate.url, restate.admin, 'run']);
      await add('Restate, calls', 'restate', [restate.url, restate.admin, 'call']);
    } else missing.push(missed('Restate', 'its server cannot be fetched by `npm pack`'));
    return missing;
  }
}

/**
 * Rounds of each contender in turns, by how many callers there are. The first of each is for compilers and caches, and many
 * callers come first: one alone is too slow to warm anything.
 */
async function measure(contenders: readonly Contender[]): Promise<Map<number, Map<string, Round[]>>> {
  const measured = new Map<number, Map<string, Round[]>>();
  for (const callers of [50, 1]) {
    const byName = new Map(contenders.map(({ name }) => [name, [] as Round[]]));
    measured.set(callers, byName);
    for (let round = -1; round < rounds; round++) {
      for (const { name, runner } of contenders) {
        const result = await runner.round(callers, roundMs);
        if (round >= 0) byName.get(name)!.push(result);
      }
    }
  }
  return measured;
}

/** Ours beside each peer: medians, and the median of the ratios of rounds that ran one after the other. */
function rowsOf({ name, of, text, better }: Figure, byName: ReadonlyMap<string, readonly Round[]>): Row[] {
  const ours = byName.get('Souk')!.map(of);
  const peers = [...byName].filter(([peer]) => peer !== 'Souk');
  return peers.map(([peer, theirs]) => {
    const ratio = median(ours.map((value, index) => value / of(theirs[index]!)));
    return {
      ...{ figure: name, measured: text(median(ours)), baseline: `${text(median(theirs.map(of)))} ${peer}` },
      ratio: `${ratio.toFixed(2)} ×`,
      reach: better === undefined ? '' : better === 'less' ? '< 1 ×' : '> 1 ×',
      reached: better === undefined || (better === 'less' ? ratio < 1 : ratio > 1),
    };
  });
}

function missed(peer: string, why: string): Row {
  console.error(`\n${'!'.repeat(80)}\n${peer} is not measured: ${why}\n${'!'.repeat(80)}\n`);
  return { figure: `${peer}: not measured`, measured: '', baseline: why, ratio: '', reach: 'measured', reached: false };
}

function told(figure: string): Row {
  return { figure, measured: '', baseline: '', ratio: '', reach: '', reached: true };
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
