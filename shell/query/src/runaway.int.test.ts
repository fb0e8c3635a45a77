import { existsSync, readFileSync } from 'node:fs';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ProcessSetup } from './runner/messages.ts';
import { createQueryRunner } from './runner/query-runner.ts';
import { defaultLimits, type Query } from './runner/query.ts';
import { appendLines, asStaff, openQueryFixture, type QueryFixture } from './testing/fixtures.ts';

const deadlineMs = 400;
const maxHeapBytes = 32 * 1024 * 1024;

let fixture: QueryFixture;
beforeEach(async () => {
  fixture = await openQueryFixture({ deadlineMs, maxHeapBytes, processes: 2, maxWaiting: 1 });
  await appendLines(fixture.channel, 'a', 2_000);
});
afterEach(() => fixture.close());

/** Would run for days; reads every column of it, so that nothing can be left out. */
const endless = `SELECT sum(a.position * b.position * c.position * d.position)
  FROM events a, events b, events c, events d WHERE length(a.subject || d.subject) > 0`;
const sql = (text: string): Query => ({ language: 'sql', text, format: 'json' });

it.each([
  ['a cross join of 16 million millions', endless, ['query-too-slow']],
  [
    'a recursion',
    'WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c',
    ['query-not-allowed'],
  ],
  [
    'a sort of millions of rows',
    `SELECT a.data || b.data AS d FROM events a, events b ORDER BY d DESC`,
    ['query-too-slow', 'query-too-large'],
  ],
  ['a bomb of bytes', 'SELECT length(randomblob(1000000000))', ['query-not-allowed']],
  [
    'a bomb of text',
    `SELECT group_concat(printf('%.1000000c', 'x')) FROM events`,
    ['query-too-slow', 'query-too-large'],
  ],
  [
    'a text that doubles and doubles',
    `SELECT ${'replace('.repeat(12)}'xx'${", 'x', 'xxxxxxxxxx')".repeat(12)}`,
    ['query-too-large', 'query-too-slow'],
  ],
  [
    'a pattern that goes back and back',
    `SELECT count(*) FROM events a, events b
     WHERE printf('%.5000c', 'a') || a.position || b.position LIKE '%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%b'`,
    ['query-too-slow'],
  ],
  [
    'a group for every pair',
    'SELECT a.id || b.id, count(*) FROM events a, events b GROUP BY 1',
    ['query-too-slow', 'query-too-large'],
  ],
])('%s is stopped, and the next query is answered', async (_what, text, codes) => {
  const { status, lines } = await fixture.ask({ sql: text });
  expect(codes).toContain(lines[0].code);
  expect(status).toBe(lines[0].code === 'query-not-allowed' ? 400 : 422);
  expect((await fixture.ask({ sql: 'SELECT count(*) FROM events' })).rows).toEqual([[2_000]]);
});

it('a query that is endless after its first rows is stopped, and its answer says so', async () => {
  const { status, lines } = await fixture.ask({
    sql: `SELECT position FROM events WHERE position < 300 UNION ALL ${endless}`,
  });
  expect({ status, first: lines[1] }).toEqual({ status: 200, first: [1] });
  expect(lines.at(-1)).toMatchObject({ done: false, error: { code: 'query-too-slow', status: 422 } });
});

it('in CSV such an answer is cut off, so that it is not taken for a whole one', async () => {
  const init = {
    method: 'POST',
    json: { sql: `SELECT position FROM events WHERE position < 300 UNION ALL ${endless}` },
  };
  const response = await fixture.server.fetch('/api/events/query', {
    ...init,
    ...asStaff,
    headers: { accept: 'text/csv' },
  });
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow(TypeError);
});

it('meanwhile the server answers, and the channel takes events', async () => {
  let running = true;
  const runaways = Promise.all([fixture.ask({ sql: endless }), fixture.ask({ sql: endless })]);
  void runaways.then(() => (running = false));
  let answered = 0;
  while (running) {
    expect((await fixture.server.fetch('/api/events/healthz')).status).toBe(200);
    await appendLines(fixture.channel, 'b', 1);
    if (running) answered++;
  }
  expect((await runaways).map(({ status }) => status)).toEqual([422, 422]);
  expect(answered).toBeGreaterThan(5);
});

it('more queries than may run and wait are refused at once', async () => {
  const all = await Promise.all(Array.from({ length: 5 }, () => fixture.ask({ sql: endless })));
  const codes = all.map(({ status, lines }) => `${status} ${lines[0].code}`).toSorted();
  expect(codes).toEqual([...Array(3).fill('422 query-too-slow'), ...Array(2).fill('429 too-many-queries')]);
});

it('a query ends with the request that asked for it', async () => {
  const runner = createQueryRunner(setupOf(60_000));
  const gone = new AbortController();
  const asked = Promise.allSettled([1, 2, 3].map(() => runner.run(sql(endless), gone.signal)));
  const [pid] = runner.pids;
  gone.abort();
  const abandoned = { status: 'rejected', reason: { code: 'query-abandoned' } };
  expect(await asked).toMatchObject([abandoned, abandoned, abandoned]);
  expect(lives(pid)).toBe(false);
  const { text } = await runner.run(sql('SELECT 7'));
  for await (const line of text) expect(line).toBe('[7]\n');
  await runner.close();
});

it('nothing survives the runner', async () => {
  const runner = createQueryRunner(setupOf(60_000));
  const asked = Promise.allSettled([runner.run(sql(endless)), runner.run(sql(endless)), runner.run(sql(endless))]);
  const pids = runner.pids;
  await runner.close();
  expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(pids.length).toBeGreaterThan(0);
  expect(pids.filter(lives)).toEqual([]);
  await expect(runner.run(sql('SELECT 1'))).rejects.toMatchObject({ code: 'log-not-readable' });
});

it('a query process whose parent is killed ends by itself, in the middle of a query', async () => {
  const script = fileURLToPath(new URL('testing/ask-and-wait.ts', import.meta.url));
  const parent = fork(script, [JSON.stringify(setupOf(60_000)), endless], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [pid] = (await once(parent, 'message')) as [number];
  expect(lives(pid)).toBe(true);
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  while (lives(pid)) await new Promise((resolve) => void setTimeout(resolve, 50));
});

function setupOf(ms: number): ProcessSetup {
  return { logFile: fixture.logFile, readModels: [], limits: { ...defaultLimits, deadlineMs: ms } };
}

/** Whether a process runs; a dead one that nobody has buried does not. */
function lives(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = `/proc/${pid}/stat`;
  return !existsSync(status) || !/\) Z /.test(readFileSync(status, 'utf8'));
}
