/** `npm run bench -- channel`: the log, what follows it, and what asks it; each figure in a process of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNats, startNats } from '../../scripts/nats.ts';
import type { Row } from '../row.ts';
import type { AppendRounds } from './append.ts';
import type { ColdStart } from './cold-start.ts';
import type { Memory } from './memory.ts';
import type { Rebuild } from './rebuild.ts';
import type { ReplayRounds } from './replay.ts';
import { inOwnProcess, median, perSecond } from './measure.ts';

/** What was measured of each, in the order of the table. */
export async function run(): Promise<readonly Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'souk-bench-'));
  const log = join(dir, 'events.db');
  const readModel = join(dir, 'carts.db');
  try {
    await inOwnProcess('fill.ts', log);
    console.log('a log of a million events is there; appends …');
    const appended = await inOwnProcess<AppendRounds>('append.ts', join(dir, 'append'));
    console.log('replay, rebuild, cold start, memory …');
    const replayed = await inOwnProcess<ReplayRounds>('replay.ts', log);
    const rebuilt = await inOwnProcess<Rebuild>('rebuild.ts', log, readModel);
    const starts: ColdStart[] = [];
    for (let round = 0; round < 5; round++) {
      starts.push(await inOwnProcess<ColdStart>('cold-start.ts', log, readModel));
    }
    const memory = await inOwnProcess<Memory>('memory.ts', log);
    rmSync(dir, { recursive: true });
    console.log('nats, query, wrapper …');
    return [
      ...appendRows(appended),
      ...(await natsRows()),
      ...replayRows(replayed),
      rebuildRow(rebuilt),
      ...startRows(starts),
      ...(await rowsOf('query', (figure) => figure.startsWith('query: group by type'))),
      memoryRow(memory),
      ...(await rowsOf('wrapper', () => true)),
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function appendRows({ raw, channel, alone }: AppendRounds): Row[] {
  const ratio = median(channel.map((rate, round) => rate / raw[round]!));
  const baseline = `${perSecond(median(raw))} write + fdatasync`;
  return [
    {
      figure: 'sqlite append, FULL, 64 concurrent writers',
      ...{ measured: perSecond(median(channel)), baseline, ratio: `${ratio.toFixed(1)} ×` },
      ...{ reach: '≥ 10 ×', reached: ratio >= 10 },
    },
    told('sqlite append, FULL, one writer', perSecond(median(alone)), baseline, median(alone) / median(raw)),
  ];
}

function replayRows({ bare, checked, channel }: ReplayRounds): Row[] {
  const [best, bestBare] = [Math.max(...channel), Math.max(...bare)];
  return [
    {
      figure: 'replay of 1 M events with JSON parse and checksum, best round',
      ...{ measured: perSecond(best), baseline: `${perSecond(bestBare)} bare SELECT + JSON.parse` },
      ...{ ratio: `${(best / bestBare).toFixed(2)} ×`, reach: '≥ 500 000 events/s', reached: best >= 500_000 },
    },
    told(
      'of it: the checksums, in the bare loop',
      perSecond(Math.max(...checked)),
      `${perSecond(bestBare)} without`,
      Math.max(...checked) / bestBare,
    ),
  ];
}

function rebuildRow({ events, ms, bareMs }: Rebuild): Row {
  const rate = (events / ms) * 1000;
  return {
    figure: 'projection rebuild from 1 M events',
    ...{ measured: perSecond(rate), baseline: `${perSecond((events / bareMs) * 1000)} bare statements` },
    ...{ ratio: `${(bareMs / ms).toFixed(2)} ×`, reach: '≥ 50 000 events/s', reached: rate >= 50_000 },
  };
}

function startRows(starts: readonly ColdStart[]): Row[] {
  const whole = median(starts.map(({ wholeMs }) => wholeMs));
  const open = median(starts.map(({ openMs }) => openMs));
  return [
    {
      figure: 'cold start with 1 M events: process, log, read model caught up, first answer',
      ...{ measured: `${whole.toFixed(0)} ms`, baseline: '', ratio: '' },
      ...{ reach: 'under 3 000 ms', reached: whole < 3_000 },
    },
    told('of it: the log opened and looked at for damage', `${open.toFixed(1)} ms`),
  ];
}

function memoryRow({ peakMegabytes }: Memory): Row {
  return {
    figure: 'memory with 1 M events and 100 k subjects: peak RSS after a whole tail and 100 k appends consumed',
    ...{ measured: `${peakMegabytes.toFixed(0)} MB`, baseline: '', ratio: '' },
    ...{ reach: 'under 400 MB', reached: peakMegabytes < 400 },
  };
}

/** Beside it, without a reach: the server and its disk are not ours. */
async function natsRows(): Promise<Row[]> {
  const server = await findNats().catch(() => undefined);
  if (server === undefined) return [told('nats append, 64 concurrent writers', 'no nats-server here')];
  const rows: Row[] = [];
  for (const syncAlways of [false, true]) {
    const dir = mkdtempSync(join(tmpdir(), 'souk-bench-'));
    const nats = await startNats({ server, dir, syncAlways });
    try {
      const { rates } = await inOwnProcess<{ rates: number[] }>('append-nats.ts', nats.servers[0]!);
      const how = syncAlways ? 'sync always' : 'sync each 2 minutes';
      rows.push(told(`nats append, one server, ${how}, 64 concurrent writers`, perSecond(median(rates))));
    } finally {
      await nats.stop();
      rmSync(dir, { recursive: true });
    }
  }
  return rows;
}

/** Figures that another benchmark measures; one that does not come to its end is a figure missed. */
async function rowsOf(name: string, which: (figure: string) => boolean): Promise<Row[]> {
  try {
    const rows = await inOwnProcess<Row[]>('rows-of.ts', name);
    return rows
      .filter(({ figure }) => which(figure))
      .map((row) => ({ ...row, figure: row.figure.startsWith(name) ? row.figure : `${name}: ${row.figure}` }));
  } catch (error) {
    const measured = `failed: ${(error as Error).message}`;
    return [{ figure: name, measured, baseline: '', ratio: '', reach: 'comes to its end', reached: false }];
  }
}

function told(figure: string, measured: string, baseline = '', ratio?: number): Row {
  return {
    ...{ figure, measured, baseline, ratio: ratio === undefined ? '' : `${ratio.toFixed(2)} ×` },
    ...{ reach: '', reached: true },
  };
}
