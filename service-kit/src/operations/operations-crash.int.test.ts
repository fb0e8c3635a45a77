import { sqliteChannel } from '@souk/event-channel/sqlite';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { serve, sessionHeader } from '../testing/index.ts';
import type { OperationDocument } from './operation-document.ts';
import { handlerDatabase, openTill, raiseHandler } from './testing/till.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'souk-operations-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

test.each(['hold', 'die'] as const)(
  'a process that is killed between command and note of the answer (%s) loses nothing and does nothing twice',
  async (mode) => {
    const script = join(import.meta.dirname, 'testing/till-process.ts');
    const child = spawn(process.execPath, [script, dataDir, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    const handling = Promise.withResolvers<void>();
    const listening = Promise.withResolvers<string>();
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('listening')) listening.resolve(line.slice('listening '.length));
      else handling.resolve();
    });
    const url = `${await listening.promise}/api/till/raises`;
    const keyed = { 'content-type': 'application/json', 'idempotency-key': 'k1', ...sessionHeader() };
    const sent = fetch(url, { method: 'POST', headers: keyed, body: '{"amount":7}' });
    // Killed after the answer is in the log, the process may have told it; whatever it told must be true.
    const told = sent.then(
      (response) => (mode === 'hold' ? 'too early' : response.json()),
      () => 'nothing',
    );
    await handling.promise;
    if (mode === 'hold') child.kill('SIGKILL');
    await exited;
    expect(['nothing', { amount: 7 }]).toContainEqual(await told);

    const channel = sqliteChannel({ file: `${dataDir}/channel.db` });
    const till = await openTill({ channel, dataDir });
    await till.ready();
    const db = handlerDatabase(dataDir);
    const handler = raiseHandler({ channel, db });
    const server = await serve(till);
    const again = () =>
      server.fetch('/api/till/raises', {
        ...{ method: 'POST', json: { amount: 7 }, headers: { 'idempotency-key': 'k1' } },
      });
    const answer = await vi.waitFor(async () => {
      const response = await again();
      expect(response.status).toBe(200);
      return response;
    });
    expect(await answer.json()).toEqual({ amount: 7 });

    const events = [];
    for await (const { event } of channel.read('till.>')) events.push(event);
    await vi.waitFor(async () => expect((await handler.status()).caughtUp).toBe(true));
    expect(events.map(({ type }) => type)).toEqual(['till.raise-asked.v1', 'till.raised.v1']);
    const shown = await server.fetch(`/api/till/operations/${events[0]?.id}`);
    expect(((await shown.json()) as OperationDocument).result).toEqual({ amount: 7 });

    await server.close();
    await till.close();
    await handler.close();
    db.close();
    await channel.close();
  },
);
