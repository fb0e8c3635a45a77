import { memoryChannel } from '@souk/event-channel/memory';
import { TEST_SECRET, given, serve, testLog } from '@souk/service-kit/testing';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createNotesBackend } from './notes-backend.ts';

test('the README shows the example as it is', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const example = readFileSync(new URL('notes-backend.ts', import.meta.url), 'utf8');
  expect(readme).toContain(`\`\`\`ts\n${example}\`\`\`\n`);
});

test('the example reads its own write, shows nobody the notes of others, and keeps them over a restart', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'souk-notes-'));
  const options = { channel: memoryChannel(), dataDir, log: testLog, sessionSecret: TEST_SECRET };
  const data = { id: 'n_0', owner: 's_ada', text: 'from before' };
  await given(options.channel, 'notes.note.n_0', [{ type: 'notes.note-written.v1', data }]);

  for (const expected of [1, 2]) {
    const backend = await createNotesBackend(options);
    await backend.ready();
    const server = await serve(backend, TEST_SECRET, { shopperId: 's_ada' });
    const written = await server.fetch('/api/notes/notes', { method: 'POST', json: { text: 'hello' } });
    expect([written.status, written.headers.get('souk-position')]).toEqual([201, String(expected + 1)]);
    const mine = (await (await server.fetch('/api/notes/notes')).json()) as { notes: { text: string }[] };
    expect(mine.notes.map(({ text }) => text)).toEqual(['from before', ...Array(expected).fill('hello')]);
    const others = await server.fetch('/api/notes/notes', { as: { shopperId: 's_bob' } });
    expect(await others.json()).toEqual({ notes: [] });
    expect((await server.fetch('/api/notes/notes', { method: 'POST', json: { text: '' } })).status).toBe(400);
    await server.close();
    await backend.close();
  }
  await options.channel.close();
  rmSync(dataDir, { recursive: true });
});
