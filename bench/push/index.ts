/**
 * `npm run bench -- push`: the push stream beside Socket.IO 4.8 and ws 8, each with 1,000 and 5,000 connections in the
 * same run: memory, CPU, speed; and what each loses when links are cut and the server is killed.
 */
import type { Row } from '../row.ts';
import { loseLinks } from './loss.ts';
import { measure } from './measure.ts';
import type { Measured, Pace } from './measure.ts';
import type { ServerKind } from './server.ts';

const kinds: readonly ServerKind[] = ['souk', 'socket.io', 'ws'];
const sizes = [1_000, 5_000];
const maxBytes = 12 * 1024;
const minRatio = 1.5;

/** The figures, each beside those of the peers. */
export async function run(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const connections of sizes) {
    const results = new Map<ServerKind, Measured>();
    for (const kind of kinds) results.set(kind, await measure(kind, connections));
    rows.push(...compare(connections, (kind) => results.get(kind) as Measured));
  }
  const effort = { clients: 50, messages: 10_000, cuts: 1_000, kills: 10, seed: 1 };
  const [ours, theirs] = [await loseLinks('souk', effort), await loseLinks('socket.io', effort)];
  const told = { ratio: '', reach: '', reached: true };
  rows.push(
    {
      figure: 'lost of 10,000 messages: 1,000 links cut, 10 times killed',
      measured: `${ours.lost}`,
      baseline: `Socket.IO with recovery ${theirs.lost}`,
      ...{ ratio: '', reach: 'none', reached: ours.lost === 0 },
    },
    {
      figure: 'twice, and out of order, in the same',
      measured: `${ours.twice}, ${ours.misplaced}`,
      baseline: `Socket.IO with recovery ${theirs.twice}, ${theirs.misplaced}`,
      ...{ ratio: '', reach: 'none', reached: ours.twice + ours.misplaced === 0 },
    },
    {
      figure: 'connections in the same',
      measured: `${ours.connections}`,
      baseline: `Socket.IO ${theirs.connections}, recovered ${theirs.recovered}`,
      ...told,
    },
  );
  return rows;
}

function compare(connections: number, of: (kind: ServerKind) => Measured): Row[] {
  const [souk, io, ws] = [of('souk'), of('socket.io'), of('ws')];
  const at = `${connections} connections`;
  const kilobytes = ({ rssPerConnection }: Measured) => `${(rssPerConnection / 1024).toFixed(1)} KB`;
  const told = { reach: '', reached: true };
  const paces = (name: string, pace: (measured: Measured) => Pace, hasReach: boolean): Row[] => {
    const text = (show: (pace: Pace) => string) => ({
      measured: show(pace(souk)),
      baseline: `Socket.IO ${show(pace(io))}, ws ${show(pace(ws))}`,
    });
    const ratio = pace(io).cpuMicrosPerDelivery / pace(souk).cpuMicrosPerDelivery;
    const reach = hasReach ? { reach: `≥ ${minRatio} × Socket.IO`, reached: ratio >= minRatio } : told;
    return [
      {
        figure: `${at}, ${name}: deliveries per CPU second`,
        ...text(({ cpuMicrosPerDelivery }) => thousands(1e6 / cpuMicrosPerDelivery)),
        ...{ ratio: `${ratio.toFixed(2)} ×`, ...reach },
      },
      {
        figure: `${at}, ${name}: CPU per delivery`,
        ...text(({ cpuMicrosPerDelivery }) => `${cpuMicrosPerDelivery.toFixed(1)} µs`),
        ...{ ratio: '', ...told },
      },
      {
        figure: `${at}, ${name}: deliveries per second`,
        ...text(({ deliveriesPerSecond }) => thousands(deliveriesPerSecond)),
        ...{ ratio: '', ...told },
      },
      {
        figure: `${at}, ${name}: time to a client, p50 and p99`,
        ...text(({ p50Ms, p99Ms }) => `${p50Ms.toFixed(0)} and ${p99Ms.toFixed(0)} ms`),
        ...{ ratio: '', ...told },
      },
    ];
  };
  return [
    {
      figure: `${at}: memory of each, above the idle process`,
      measured: kilobytes(souk),
      baseline: `Socket.IO ${kilobytes(io)}, ws ${kilobytes(ws)}`,
      ratio: `${(souk.rssPerConnection / io.rssPerConnection).toFixed(2)} ×`,
      ...{ reach: '≤ 12 KB', reached: souk.rssPerConnection <= maxBytes },
    },
    // A write to a socket costs what it costs: one by one that is nearly all there is, for each of the three.
    ...paces('one by one', ({ oneByOne }) => oneByOne, false),
    ...paces('ten at once', ({ tenAtOnce }) => tenAtOnce, true),
  ];
}

function thousands(count: number): string {
  return `${(count / 1_000).toFixed(0)} k`;
}
