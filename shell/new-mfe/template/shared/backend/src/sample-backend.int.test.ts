import type { EntryList } from '@souk/sample-api';
import { memoryChannel } from '@souk/event-channel/memory';
import { serve, TEST_SECRET, testLog } from '@souk/service-kit/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { maxEntries } from './domain/entries.ts';
import { createBackend } from './sample-backend.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open() {
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-sample-'));
  closing.push(() => rm(dataDir, { recursive: true }));
  const channel = memoryChannel();
  closing.push(() => channel.close());
  const backend = await createBackend({ channel, dataDir, log: testLog, sessionSecret: TEST_SECRET });
  closing.push(() => backend.close());
  const server = await serve(backend, TEST_SECRET, { shopperId: 's_amina', roles: ['shopper'] });
  closing.push(() => server.close());
  await backend.ready();
  const post = (json: unknown) => server.fetch('/api/sample/entries', { method: 'POST', json });
  return { channel, server, post };
}

const listOf = async (answer: Response) => ((await answer.json()) as EntryList).entries;

describe('The backend', () => {
  it('keeps what a visitor gives, once, and shows it to nobody else.', async () => {
    const { post, server } = await open();
    const answer = await post({ entryId: 'entry-0001', stars: 4 });
    expect(await listOf(answer)).toEqual([{ entryId: 'entry-0001', stars: 4, at: expect.any(String) }]);
    expect(await listOf(await post({ entryId: 'entry-0001', stars: 4 }))).toHaveLength(1);
    const other = await server.fetch('/api/sample/entries', { as: { shopperId: 's_badr', roles: ['shopper'] } });
    expect(await listOf(other)).toEqual([]);
  });

  it('tells the visitor’s browsers how many there are.', async () => {
    const { channel, post } = await open();
    await post({ entryId: 'entry-0001', stars: 5 });
    for await (const { event } of channel.tail('push.shopper.s_amina', 1, AbortSignal.timeout(10_000))) {
      expect(event.data).toEqual({ type: 'sample:changed', detail: { count: 1 } });
      return;
    }
    throw new Error('nothing was pushed');
  });

  it.each([{}, { entryId: 'entry-0001', stars: 6 }, { entryId: '../..', stars: 1 }, 'stars'])(
    'refuses %j as a client’s fault.',
    async (body) => {
      const { post } = await open();
      expect((await post(body)).status).toBe(400);
    },
  );

  it('says so when there are as many as there may be.', async () => {
    const { post } = await open();
    for (let index = 0; index < maxEntries; index++) await post({ entryId: `entry-${1000 + index}`, stars: 1 });
    const answer = await post({ entryId: 'one-too-many', stars: 1 });
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ code: 'too-many-entries' });
  });
});
