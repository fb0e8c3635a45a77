import type { MessagePage, Uploaded } from '@souk/chat-api';
import { memoryChannel } from '@souk/event-channel/memory';
import { given, serve, TEST_SECRET, testLog, untilEvent } from '@souk/service-kit/testing';
import { subjects } from '@souk/shared-events/integration';
import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createChatBackend } from '../chat-backend.ts';
import { conversationIdOf } from '../conversation-id.ts';
import { pdf, png } from '../testing/files.ts';
import { attachmentStore } from './attachment-store.ts';

type Visitor = { readonly shopperId: string; readonly roles: readonly ('shopper' | 'staff')[] };
const shopper: Visitor = { shopperId: 's_amina', roles: ['shopper'] };
const other: Visitor = { shopperId: 's_badr', roles: ['shopper'] };
const staff: Visitor = { shopperId: 's_staff', roles: ['shopper', 'staff'] };
const conversationId = conversationIdOf(shopper.shopperId);

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open() {
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-chat-'));
  closing.push(() => rm(dataDir, { recursive: true }));
  const channel = memoryChannel();
  closing.push(() => channel.close());
  const backend = await createChatBackend({ channel, dataDir, log: testLog, sessionSecret: TEST_SECRET });
  closing.push(() => backend.close());
  const server = await serve(backend, TEST_SECRET, shopper);
  closing.push(() => server.close());
  await backend.ready();
  const upload = (bytes: Buffer | string, name: string, as = shopper, path = 'attachments', headers = {}) =>
    server.fetch(`/api/chat/${path}`, {
      method: 'POST',
      as,
      body: bytes,
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        ...headers,
      },
    });
  const taken = async (...all: Parameters<typeof upload>) =>
    ((await (await upload(...all)).json()) as Uploaded).attachment;
  const get = (attachmentId: string, as = shopper, headers = {}) =>
    server.fetch(`/api/chat/conversations/${conversationId}/attachments/${attachmentId}`, { as, headers });
  let ids = 0;
  const post = (json: object, as = shopper) =>
    server.fetch('/api/chat/messages', {
      method: 'POST',
      as,
      json: { clientMsgId: `id-${++ids}`, text: '', ...json },
    });
  const page = async () =>
    (await (await server.fetch(`/api/chat/conversations/${conversationId}/messages`)).json()) as MessagePage;
  return { dataDir, channel, server, upload, taken, get, post, page };
}

describe('An attachment', () => {
  it('is sent, becomes part of a message without a word, and is what it was, for both sides.', async () => {
    const { taken, post, page, get } = await open();
    const picture = png(640, 480);
    const attachment = await taken(picture, 'my kitchen.png');
    expect(attachment).toMatchObject({
      name: 'my kitchen.png',
      type: 'image/png',
      width: 640,
      height: 480,
      size: picture.length,
    });
    expect((await post({ attachments: [attachment.attachmentId] })).status).toBe(201);
    expect((await page()).messages[0]).toMatchObject({ text: '', attachments: [attachment] });
    for (const who of [shopper, staff]) {
      const answer = await get(attachment.attachmentId, who);
      expect(answer.status).toBe(200);
      expect(Buffer.from(await answer.arrayBuffer()).equals(picture)).toBe(true);
    }
  });

  it('comes with headers under which nothing in it can run, and a document is only saved.', async () => {
    const { taken, get } = await open();
    const [picture, document] = [await taken(png(1, 1), 'p.png'), await taken(pdf, "o'f <b>.pdf")];
    const headersOf = async (id: string) => Object.fromEntries((await get(id)).headers);
    expect(await headersOf(picture.attachmentId)).toMatchObject({
      'content-type': 'image/png',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'content-disposition': "inline; filename*=UTF-8''p.png",
    });
    expect(await headersOf(document.attachmentId)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': "attachment; filename*=UTF-8''o%27f%20%3Cb%3E.pdf",
    });
    const etag = `"${picture.attachmentId}"`;
    expect((await get(picture.attachmentId, shopper, { 'if-none-match': etag })).status).toBe(304);
    expect((await get(picture.attachmentId, other, { 'if-none-match': etag })).status).toBe(404);
  });

  it('is seen by nobody who may not see the conversation, and before it is said by its sender only.', async () => {
    const { taken, get, post, upload } = await open();
    const { attachmentId } = await taken(png(1, 1), 'p.png');
    expect((await get(attachmentId)).status).toBe(200);
    expect((await get(attachmentId, staff)).status).toBe(404);
    await post({ attachments: [attachmentId] });
    expect((await get(attachmentId, staff)).status).toBe(200);
    expect((await get(attachmentId, other)).status).toBe(404);
    expect((await upload(png(1, 1), 'p.png', other, `conversations/${conversationId}/attachments`)).status).toBe(404);
    for (const id of ['a_none', '..', '%2e%2e%2fchat.db']) expect((await get(id)).status).toBe(404);
  });

  it('is sent by the desk too, and nobody can pass off what somebody else has sent.', async () => {
    const { taken, post, page, get } = await open();
    await post({ text: 'Hello' });
    const path = `conversations/${conversationId}/attachments`;
    const { attachmentId } = await taken(pdf, 'care.pdf', staff, path);
    expect((await get(attachmentId)).status).toBe(404);
    const stolen = await post({ attachments: [attachmentId] });
    expect([stolen.status, ((await stolen.json()) as { code: string }).code]).toEqual([400, 'attachment-unknown']);
    expect((await post({ attachments: [attachmentId], conversationId }, staff)).status).toBe(201);
    expect((await page()).messages.at(-1)).toMatchObject({ from: 'staff', attachments: [{ name: 'care.pdf' }] });
    expect((await get(attachmentId)).status).toBe(200);
  });

  it('is refused with a sentence when it is not taken, and leaves nothing behind.', async () => {
    const { upload, dataDir, post } = await open();
    const code = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];
    expect(await code(await upload('<svg onload=alert(1)>', 'p.png'))).toEqual([400, 'attachment-type']);
    const large = Buffer.concat([pdf, Buffer.alloc(9 * 1024 * 1024)]);
    expect(await code(await upload(large, 'p.pdf'))).toEqual([413, 'attachment-too-large']);
    expect(await code(await upload('{}', 'p', shopper, 'attachments', { 'content-type': 'application/json' }))).toEqual(
      [400, 'attachment-body'],
    );
    expect(await readdir(join(dataDir, 'attachments', conversationId))).toEqual([]);
    expect((await post({ attachments: Array.from({ length: 7 }, (_, n) => `a_${n}`) })).status).toBe(400);
    expect((await post({ attachments: [] })).status).toBe(400);
  });

  it('is in no file in the clear, and goes with the person it belongs to.', async () => {
    const { taken, post, get, dataDir, channel, page } = await open();
    const { attachmentId } = await taken(pdf, 'Zaynab passport.pdf');
    await post({ attachments: [attachmentId], text: 'Here' });
    const folder = join(dataDir, 'attachments', conversationId);
    for (const name of await readdir(folder)) {
      expect(await readFile(join(folder, name), 'latin1')).not.toMatch(/Zaynab|PDF|Catalog/);
    }
    const data = { personId: shopper.shopperId };
    await given(channel, subjects.person(shopper.shopperId), [{ type: 'shell.person-erasure-requested.v1', data }]);
    await untilEvent(channel, subjects.personOf('chat', shopper.shopperId), () => true);
    expect(await readdir(join(dataDir, 'attachments'))).toEqual([]);
    expect((await get(attachmentId)).status).toBe(404);
    expect((await page()).messages[0]).toMatchObject({ text: '', erased: true });
    expect((await page()).messages[0]).not.toHaveProperty('attachments');
  });

  it('that became part of no message is removed after a while, and no other.', async () => {
    const { dataDir, taken } = await open();
    const [kept, dropped] = [await taken(png(1, 1), 'kept.png'), await taken(png(2, 2), 'dropped.png')];
    const folder = join(dataDir, 'attachments', conversationId);
    for (const name of await readdir(folder)) await utimes(join(folder, name), 1000, 1000);
    const young = await taken(png(3, 3), 'young.png');
    const store = attachmentStore({ dir: join(dataDir, 'attachments'), keys: undefined as never });
    expect(await store.sweep(new Date(Date.now() - 60_000), (_, id) => id === kept.attachmentId)).toBe(2);
    const left = await readdir(folder);
    expect(left.toSorted()).toEqual([kept, young].flatMap(({ attachmentId: id }) => [id, `${id}.json`]).toSorted());
    expect(left).not.toContain(dropped.attachmentId);
  });
});
