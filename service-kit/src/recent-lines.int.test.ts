import { memoryChannel } from '@souk/event-channel/memory';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from './app.ts';
import { toBackend } from './backend.ts';
import { createLogger } from './logger.ts';
import type { Logger } from './logger.ts';
import { recentLines } from './recent-lines.ts';
import type { LogLine } from './recent-lines.ts';
import { requireStaff } from './session.ts';
import { TEST_SECRET, serve, sessionHeader } from './testing/index.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const OTHER = '11111111111111111111111111111111';
const headers = { traceparent: `00-${TRACE}-b7ad6b7169203331-01` };

function logger(level: 'warn' | 'silent' = 'warn') {
  const seen: string[] = [];
  const destination = { write: (line: string) => void seen.push(line) };
  const root = createLogger({ name: 'souk', level, destination, recent: recentLines() });
  return { seen, log: root.child({ backend: 'demo' }) as Logger };
}

async function demo(log: Logger) {
  const app = createApp({ name: 'demo', version: '1.0.0', log, sessionSecret: TEST_SECRET, channel: memoryChannel() });
  app.post('/api/demo/things', async (request) => ({ because: request.cause.correlationid }));
  app.get('/api/demo/crash', async () => {
    throw Object.assign(new Error('the roof is on fire'), { token: 's3cret' });
  });
  app.get('/api/demo/desk', { preHandler: requireStaff }, async () => ({}));
  const backend = await toBackend(app, { name: 'demo' });
  const server = await serve(backend);
  onTestFinished(async () => {
    await server.close();
    await backend.close();
  });
  const ask = (path: string, init: RequestInit = {}, role: 'shopper' | 'staff' = 'shopper') =>
    fetch(server.url + path, {
      ...init,
      headers: { ...sessionHeader(TEST_SECRET, { roles: [role] }), ...(init.headers as Record<string, string>) },
    });
  const linesOf = async (trace: string) => {
    const answer = await ask(`/api/demo/log?trace=${trace}`, {}, 'staff');
    return ((await answer.json()) as { lines: LogLine[] }).lines;
  };
  return { ask, linesOf };
}

test('what a backend logs on behalf of a trace is found by its id, also what the level keeps from the log', async () => {
  const { log, seen } = logger();
  const { ask, linesOf } = await demo(log);

  await ask('/api/demo/things', { method: 'POST', headers });
  await ask('/api/demo/crash', { headers });
  await ask('/api/demo/things', { method: 'POST', headers: { traceparent: `00-${OTHER}-b7ad6b7169203331-01` } });

  await expect.poll(() => linesOf(TRACE).then((lines) => lines.map(({ message }) => message))).toHaveLength(3);
  const lines = await linesOf(TRACE);
  const [request, failed] = [
    lines.find(({ message }) => message === 'request'),
    lines.find(({ level }) => level === 'error'),
  ];
  expect(request).toMatchObject({ level: 'info', more: { method: 'POST', route: '/api/demo/things', status: 200 } });
  expect(failed).toMatchObject({ message: 'request failed', more: { route: '/api/demo/crash' } });
  expect(JSON.stringify(lines)).toContain('the roof is on fire');
  expect(JSON.stringify(lines)).not.toContain('s3cret');
  expect(seen.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['request failed']);
});

test('only staff sees them, and only by the id of a trace', async () => {
  const { ask } = await demo(logger('silent').log);
  expect((await ask(`/api/demo/log?trace=${TRACE}`)).status).toBe(403);
  expect((await ask('/api/demo/log?trace=all', {}, 'staff')).status).toBe(400);
});

test('lines of other backends, of no trace, and very long ones are not among them, and old ones go', () => {
  const recent = recentLines(3);
  const line = (more: object) => JSON.stringify({ level: 30, time: 't', backend: 'demo', ...more });
  recent.write(line({ msg: 'no trace' }));
  recent.write(line({ traceId: TRACE, msg: 'x'.repeat(5000) }));
  recent.write(line({ traceId: TRACE, backend: 'other', msg: 'theirs' }));
  for (let n = 0; n < 10; n++) recent.write(line({ traceId: TRACE, msg: `line ${n}` }));
  expect(recent.ofTrace(TRACE, 'demo').map(({ message }) => message)).toEqual(['line 7', 'line 8', 'line 9']);
  expect(recent.ofTrace(OTHER, 'demo')).toEqual([]);
});
