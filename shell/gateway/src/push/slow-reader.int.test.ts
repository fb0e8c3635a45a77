import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it, vi } from 'vitest';
import { cookieOf, readStream } from '../testing/index.ts';
import type { PushMeasure, PushOrder } from '../testing/push-process.ts';

const megabyte = 1024 * 1024;
const messageBytes = 64 * 1024;

let server: ChildProcess;
afterEach(async () => {
  server.disconnect();
  await once(server, 'exit');
});

const told = async (order: PushOrder): Promise<unknown> => {
  const answer = once(server, 'message');
  server.send(order);
  return (await answer)[0];
};
const measured = async () => (await told({ measure: true })) as PushMeasure;

it('grows by less than 20 MB when 100 MB are sent past a reader that has stopped reading, and cuts it', async () => {
  const script = fileURLToPath(new URL('../testing/push-process.ts', import.meta.url));
  server = fork(script, { execArgv: ['--expose-gc'] });
  const [{ url }] = (await once(server, 'message')) as [{ url: string }];
  const identified = await fetch(`${url}/api/who/x`);
  const cookie = cookieOf(identified);
  const audience = `shopper.${await identified.text()}`;

  const reader = await readStream(`${url}/push`, { cookie });
  let read = 0;
  const reading = (async () => {
    for (;;) {
      await reader.next();
      read++;
    }
  })().catch(() => undefined);
  const count = (100 * megabyte) / messageBytes;
  // As much before as after, so that heap and allocator are as large as the work needs them: what is measured is the stall.
  await told({ push: { audience, count, bytes: messageBytes } });
  const before = (await measured()).rssBytes;

  const stalled = connect(Number(new URL(url).port), '127.0.0.1');
  stalled.on('error', () => undefined);
  stalled.write(`GET /push HTTP/1.1\r\nhost: ${new URL(url).host}\r\ncookie: ${cookie}\r\n\r\n`);
  await once(stalled, 'readable');
  await told({ push: { audience, count, bytes: messageBytes } });
  const after = await measured();

  expect(after.metrics).toMatch(/souk_push_streams_ended\{reason="slow".*\} 1/);
  expect((after.rssBytes - before) / megabyte).toBeLessThan(20);
  stalled.destroy();
  await vi.waitUntil(() => read === 2 * count, { timeout: 30_000 });
  reader.close();
  await reading;
}, 120_000);
