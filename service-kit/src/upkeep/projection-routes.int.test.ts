import { memoryChannel } from '@souk/event-channel/memory';
import type { EventChannel } from '@souk/event-channel';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Backend } from '../backend.ts';
import { createNotesBackend } from '../example/notes-backend.ts';
import { TEST_SECRET, given, serve, testLog } from '../testing/index.ts';
import type { TestServer } from '../testing/index.ts';

let dataDir: string;
let channel: EventChannel;
let backend: Backend;
let server: TestServer;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'souk-upkeep-'));
  channel = memoryChannel();
  const notes = Array.from({ length: 2000 }, (_, n) => ({
    type: 'notes.note-written.v1',
    data: { id: `n_${n}`, owner: 's_ada', text: `note ${n}` },
  }));
  await given(channel, 'notes.note.n_0', notes);
  backend = await createNotesBackend({ channel, dataDir, log: testLog, sessionSecret: TEST_SECRET });
  await backend.ready();
  server = await serve(backend, TEST_SECRET, { shopperId: 's_ada', roles: ['staff'] });
});
afterEach(async () => {
  await server.close();
  await backend.close();
  await channel.close();
  rmSync(dataDir, { recursive: true });
});

const rebuild = (init: Parameters<TestServer['fetch']>[1] = {}) =>
  server.fetch('/api/notes/projections/notes/rebuild', { method: 'POST', ...init });
const listed = async () => {
  const { projections } = (await (await server.fetch('/api/notes/projections')).json()) as { projections: unknown[] };
  return projections;
};

describe('the routes of read models', () => {
  test('are for the staff, and know what there is', async () => {
    const shopper = { roles: ['shopper' as const] };
    expect((await server.fetch('/api/notes/projections', { as: shopper })).status).toBe(403);
    expect((await rebuild({ as: shopper })).status).toBe(403);
    const none = await server.fetch('/api/notes/projections/nothing/rebuild', { method: 'POST' });
    expect(none.status).toBe(404);
    expect(await listed()).toEqual([
      { name: 'notes', caughtUp: true, streams: [{ stream: 'notes', position: 2000, lag: 0 }] },
    ]);
  });

  test('tell how far a rebuild is, line by line', async () => {
    const answer = await rebuild();
    const lines = (await answer.text()).trim().split('\n');
    const progress = lines.map((line) => JSON.parse(line) as { state: string; done: number });
    expect(progress.slice(0, -1).every(({ state }) => state === 'building')).toBe(true);
    expect(progress.at(-1)).toMatchObject({ state: 'rebuilt', done: 2000, total: 2000, events: 2000 });
    expect(await listed()).toMatchObject([{ name: 'notes', rebuild: { state: 'rebuilt' } }]);
  });

  test('refuse a second rebuild while one runs, which goes on when its caller is gone', async () => {
    const gone = new AbortController();
    const first = await rebuild({ signal: gone.signal });
    expect(first.status).toBe(200);
    const second = await rebuild();
    expect([second.status, await second.json()]).toMatchObject([409, { code: 'rebuild-running' }]);
    gone.abort();
    for (;;) {
      const [{ rebuild: last }] = (await listed()) as [{ rebuild: { state: string } }];
      if (last.state !== 'building') {
        expect(last).toMatchObject({ state: 'rebuilt', events: 2000 });
        return;
      }
    }
  });
});
