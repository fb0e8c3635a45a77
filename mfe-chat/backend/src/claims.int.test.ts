import { memoryChannel } from '@souk/event-channel/memory';
import { openDatabase, openKeyStore } from '@souk/service-kit';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { conversations } from './conversations.ts';

const folder = mkdtempSync(join(tmpdir(), 'souk-claims-'));
const channel = memoryChannel();
const keys = openKeyStore({ file: join(folder, 'keys.db') });
const databases = [1, 2, 3].map(() => openDatabase({ file: ':memory:', migrations: [] }));
afterAll(async () => {
  await channel.close();
  keys.close();
  for (const db of databases) db.close();
  rmSync(folder, { recursive: true });
});

test('of three who claim at once in three processes one has it, and the others hear whom the log names', async () => {
  const processes = databases.map((db) =>
    conversations({ channel, db, keys, clock: () => new Date(), newId: () => crypto.randomUUID() }),
  );
  for (let round = 0; round < 50; round++) {
    const conversationId = `c_${round}`;
    const place = { conversationId, speakerId: 's_amina', from: 'shopper', about: null } as const;
    await processes[0]?.handle({ ...place, kind: 'post', text: 'Hello', clientMsgId: 'a', messageId: 'm' });
    const claims = await Promise.allSettled(
      processes.map((one, n) => one.handle({ kind: 'claim', conversationId, by: `st_${n}` })),
    );
    const winners = claims.flatMap(({ status }, n) => (status === 'fulfilled' ? [`st_${n}`] : []));
    expect(winners).toHaveLength(1);
    const recorded: unknown[] = [];
    for await (const { event } of channel.read(`chat.conversation.${conversationId}`)) {
      if (event.type === 'chat.conversation-claimed.v1') recorded.push((event.data as { by: string }).by);
    }
    expect(recorded).toEqual(winners);
    for (const claim of claims) {
      if (claim.status === 'rejected') {
        expect(claim.reason).toMatchObject({ code: 'claimed-by-other', assignee: winners[0] });
      }
    }
  }
});
