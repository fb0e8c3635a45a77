import { memoryChannel } from '@souk/event-channel/memory';
import { TEST_SECRET, serve, testLog } from '@souk/service-kit/testing';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSeatsBackend } from './seats-backend.ts';

test('the README shows the declaration as it is', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const example = readFileSync(new URL('seats-backend.ts', import.meta.url), 'utf8');
  const declaration = example.slice(example.indexOf('/** The one declaration'), example.indexOf('/** Books seats'));
  expect(readme).toContain(`\`\`\`ts\n${declaration.trim()}\n\`\`\`\n`);
});

test('two ask for one seat: one gets it and sees it at once, the other is told why not', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'souk-seats-'));
  const channel = memoryChannel();
  const backend = await createSeatsBackend({ channel, dataDir, log: testLog, sessionSecret: TEST_SECRET });
  const server = await serve(backend);
  const book = (shopperId: string) =>
    server.fetch('/api/seats/bookings', { method: 'POST', json: { seat: 'A1' }, as: { shopperId } });

  const answers = await Promise.all([book('s_ada'), book('s_bob')]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const winner = answers.find(({ status }) => status === 200)!;
  const { seat, by } = (await winner.json()) as { seat: string; by: string };
  expect(seat).toBe('A1');
  expect(await answers.find(({ status }) => status === 409)!.json()).toMatchObject({ code: 'seat-taken' });

  const headers = { 'if-position-at-least': winner.headers.get('souk-position') ?? '' };
  const mine = await server.fetch('/api/seats/bookings', { as: { shopperId: by }, headers });
  expect(await mine.json()).toEqual({ seats: ['A1'] });

  await server.close();
  await backend.close();
  await channel.close();
  rmSync(dataDir, { recursive: true });
});
