import type { Attachment } from '@souk/chat-api';
import { maxAttachmentBytes } from '@souk/chat-api';
import type { KeyStore, Sealed } from '@souk/service-kit';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attachmentName } from './attachment-name.ts';
import { AttachmentRefused } from './errors.ts';
import { inspect } from './inspect.ts';
import { openBytes, sealBytes } from './sealed-bytes.ts';

/** A file that was sent, and who sent it. */
export interface StoredAttachment {
  readonly attachment: Attachment;
  /** Shopper id of the session that sent it: until it is part of a message, nobody else sees it. */
  readonly uploaderId: string;
  /** Its bytes, verified as they are read. @throws {SealedFileBroken} */
  bytes(): AsyncIterable<Buffer>;
}

/** Where a file goes, and who sends it. */
export interface Upload {
  readonly conversationId: string;
  /** Whose conversation it is: with their key it is sealed, whoever sends it. */
  readonly shopperId: string;
  readonly uploaderId: string;
  readonly name: string;
  readonly body: AsyncIterable<Buffer>;
}

/** Files of conversations. A file's name is the hash of what is in it, and what is in it is sealed. */
export interface AttachmentStore {
  /**
   * Takes a file in as it comes; it is on the disk before this resolves, and nothing is left of it when it is refused.
   * @throws {AttachmentRefused}
   */
  put(upload: Upload): Promise<Attachment>;
  /** `undefined` when there is none, or when the shopper has been erased. */
  get(conversationId: string, attachmentId: string): Promise<StoredAttachment | undefined>;
  /** Removes all files of a conversation. */
  forget(conversationId: string): Promise<void>;
  /** Removes files that are older than this and that `isUsed` does not know. @returns how many */
  sweep(before: Date, isUsed: (conversationId: string, attachmentId: string) => boolean): Promise<number>;
}

/** What stands beside a file, sealed: without it the file cannot be read. */
interface Label {
  readonly attachment: Attachment;
  readonly uploaderId: string;
  /** base64url */
  readonly key: string;
}

/** Files of one conversation. */
const maxFiles = 100;
const tokens = /^[\w-]{1,128}$/;

/** @param dir folder of its own; made when the first file comes */
export function attachmentStore({ dir, keys }: { readonly dir: string; readonly keys: KeyStore }): AttachmentStore {
  const pathOf = (conversationId: string, attachmentId: string) => join(dir, conversationId, attachmentId);

  return {
    async put({ conversationId, shopperId, uploaderId, name, body }) {
      const folder = join(dir, conversationId);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      if ((await readdir(folder)).length >= 2 * maxFiles) throw new AttachmentRefused('attachments-full');
      const draft = join(folder, `${randomBytes(12).toString('hex')}.new`);
      const key = randomBytes(32);
      const inspected = inspect(body, maxAttachmentBytes);
      try {
        const hash = createHash('sha256');
        const file = await open(draft, 'wx', 0o600);
        try {
          for await (const piece of sealBytes(key, inspected.bytes)) {
            hash.update(piece);
            await file.write(piece);
          }
          await file.sync();
        } finally {
          await file.close();
        }
        const attachmentId = `a_${hash.digest('base64url')}`;
        const attachment: Attachment = { attachmentId, name: attachmentName(name), ...inspected.found() };
        const label: Label = { attachment, uploaderId, key: key.toString('base64url') };
        const path = pathOf(conversationId, attachmentId);
        await writeFile(`${path}.json`, JSON.stringify(keys.seal(shopperId, label)), { mode: 0o600, flush: true });
        await rename(draft, path);
        return attachment;
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },

    async get(conversationId, attachmentId) {
      if (!tokens.test(conversationId) || !tokens.test(attachmentId)) return undefined;
      const path = pathOf(conversationId, attachmentId);
      const sealed = await readFile(`${path}.json`, 'utf8').catch(absent);
      const label = sealed === undefined ? undefined : keys.open<Label>(JSON.parse(sealed) as Sealed);
      if (!label || !(await stat(path).catch(absent))) return undefined;
      const { attachment, uploaderId, key } = label;
      return { attachment, uploaderId, bytes: () => openBytes(Buffer.from(key, 'base64url'), createReadStream(path)) };
    },

    forget: (conversationId) => rm(join(dir, conversationId), { recursive: true, force: true }),

    async sweep(before, isUsed) {
      let count = 0;
      for (const conversationId of (await readdir(dir).catch(absent)) ?? []) {
        for (const name of (await readdir(join(dir, conversationId)).catch(absent)) ?? []) {
          const attachmentId = name.replace(/\.(json|new)$/, '');
          if (isUsed(conversationId, attachmentId)) continue;
          const path = join(dir, conversationId, name);
          const found = await stat(path).catch(absent);
          if (!found || found.mtime >= before) continue;
          await rm(path, { force: true });
          count++;
        }
      }
      return count;
    },
  };
}

function absent(error: unknown): undefined {
  if ((error as { code?: string }).code !== 'ENOENT') throw error;
  return undefined;
}
