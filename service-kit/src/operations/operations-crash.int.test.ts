import type { Recorded } from '@souk/event-channel';
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
import { handlerDatabase, openTill, raised, raiseHandler } from './testing/till.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'souk-operations-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

test.each(['hold', 'appended', 'deciding', 'written', 'passed-over'] as const)(
  'a process that dies between command and note of the answer (%s) loses nothing and does nothing twice, however long it stays away',
  async (death) => {
    const script = join(import.meta.dirname, 'testing/till-process.ts');
    const child = spawn(process.execPath, [script, dataDir, death], { stdio: ['ignore', 'pipe', 'inherit'] });
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
    // Dying after the answer is in the log, the process may have told it; whatever it told must be true.
    const told = sent.then(
      (response) => (death === 'hold' ? 'too early' : response.json()),
      () => 'nothing',
    );
    if (death === 'hold') {
      await handling.promise;
      child.kill('SIGKILL');
    }
    await exited;
    expect(['nothing', { amount: 7 }]).toContainEqual(await told);

    // The window in which a second append of one id is none is over by then.
    const now = () => Date.now() + 3_600_000;
    const channel = sqliteChannel({ file: `${dataDir}/channel.db`, now });
    const before = await collect(channel.read('till.>'));
    const due = { hold: ['asked'], appended: ['asked', 'answered'], deciding: [] }[death as string];
    expect(before.map(({ event }) => (event.type === 'till.raised.v1' ? 'answered' : 'asked'))).toEqual(
      due ?? ['asked', 'answered'],
    );
    const till = await openTill({ channel, dataDir });
    await till.ready();
    const db = handlerDatabase(dataDir);
    const handler = raiseHandler({ channel, db, answerAtOnce: raised });
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

    await vi.waitFor(async () => expect((await handler.status()).caughtUp).toBe(true));
    const events = (await collect(channel.read('till.>'))).map(({ event }) => event);
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

async function collect(events: AsyncIterable<Recorded>): Promise<Recorded[]> {
  const all: Recorded[] = [];
  for await (const event of events) all.push(event);
  return all;
}
