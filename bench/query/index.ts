/** `npm run bench -- query`: the query language over a log of a million events, asked over HTTP. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { cloudEvent } from '@souk/service-kit';
import { serve, testLog, TEST_SECRET } from '@souk/service-kit/testing';
import { createQueryBackend } from '@souk/shell-query';
import type { Row } from '../row.ts';

const million = 1_000_000;
const rounds = 15;
const deadlineMs = 2_000;
const types = ['cart.item-quantity-set.v1', 'cart.order-placed.v1', 'cart.order-confirmed.v1', 'cart.checked-out.v1'];

/** The figures, each against what it must not exceed. */
export async function run(): Promise<readonly Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'souk-bench-'));
  const logFile = join(dir, 'events.db');
  const channel = sqliteChannel({ file: logFile });
  await fill();
  const backend = await createQueryBackend({
    ...{
      channel,
      logFile,
      dataDir: dir,
      log: testLog,
      sessionSecret: TEST_SECRET,
      streams: ['cart'],
      limits: { deadlineMs },
    },
  });
  const server = await serve(backend);
  try {
    return await measure();
  } finally {
    await server.close();
    await backend.close();
    await channel.close();
    rmSync(dir, { recursive: true, force: true });
  }

  async function fill(): Promise<void> {
    for (let n = 0; n < million; n += 1_000) {
      const events = Array.from({ length: 1_000 }, (_, index) =>
        cloudEvent({
          ...{
            source: '/cart',
            type: types[(n + index) % types.length] ?? '',
            time: new Date(1.75e12 + (n + index) * 997),
          },
          data: {
            cartId: `c${n % 5_000}`,
            sku: `SKU-${index % 500}`,
            quantity: index % 9,
            priceCents: (index * 37) % 10_000,
          },
        }),
      );
      await channel.append(`cart.cart.c${n % 5_000}`, events, { expect: 'any' });
    }
  }

  async function measure(): Promise<Row[]> {
    const one = await timesOf({ sql: 'SELECT 1' });
    const grouped = await timesOf({ sql: 'SELECT type, count(*) FROM events GROUP BY type' });
    const inKql = await timesOf({ kql: 'events | summarize count() by type' });
    const byHour = await timesOf({
      sql: 'SELECT substr(time, 1, 13), count(*) FROM events WHERE position > 900000 GROUP BY 1',
    });

    const idle = await timesOfHealth(() => rounds * 10);
    let stoppedMs: number | undefined;
    const runaway = `SELECT sum(a.position * b.position) FROM events a, events b, events c WHERE a.id || c.id > ''`;
    const begun = performance.now();
    const stopped = Promise.all([ask({ sql: runaway }), ask({ sql: runaway })]).then((statuses) => {
      stoppedMs = performance.now() - begun;
      if (statuses.some((status) => status !== 422)) throw new Error(`not stopped: ${statuses.join()}`);
    });
    const meanwhile = await timesOfHealth((count) => (stoppedMs === undefined ? count + 1 : count));
    await stopped;

    return [
      row('query: group by type over 1 M events, p50', 'under 400 ms', percentile(grouped, 50), 400),
      row('the same in KQL, p50', 'under 400 ms', percentile(inKql, 50), 400),
      row(
        'group by hour over the last 100 000, from the JSON of each, p50',
        'under 400 ms',
        percentile(byHour, 50),
        deadlineMs,
      ),
      row('overhead: a query of nothing, over HTTP and a process, p50', 'under 20 ms', percentile(one, 50), 20),
      row(
        'two runaway queries with a deadline of 2 s are stopped after',
        'under 3 000 ms',
        stoppedMs ?? Infinity,
        3_000,
      ),
      row('another answer of the server meanwhile, p99', 'under 100 ms', percentile(meanwhile, 99), 100),
      row('the same when nothing runs, p99', 'under 100 ms', percentile(idle, 99), 100),
    ];
  }

  async function ask(body: object): Promise<number> {
    const init = { method: 'POST', json: body, as: { roles: ['staff' as const] } };
    const response = await server.fetch('/api/events/query', init);
    await response.text();
    return response.status;
  }

  async function timesOf(body: object): Promise<number[]> {
    // The first one warms caches, and for KQL loads the parser.
    if ((await ask(body)) !== 200) throw new Error('the query failed');
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) times.push(await timed(() => ask(body)));
    return times;
  }

  async function timesOfHealth(until: (count: number) => number): Promise<number[]> {
    const times: number[] = [];
    while (times.length < until(times.length)) {
      times.push(await timed(async () => (await server.fetch('/api/events/healthz')).text()));
    }
    return times;
  }
}

function row(figure: string, reach: string, ms: number, atMost: number): Row {
  return { figure, measured: `${ms.toFixed(1)} ms`, baseline: '', ratio: '', reach, reached: ms <= atMost };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function percentile(times: readonly number[], percent: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Infinity;
}
