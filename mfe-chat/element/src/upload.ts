import type { Attachment, Uploaded } from '@souk/chat-api';
import { ChatApiFailed } from './api-client.ts';

/** An attachment, and the conversation under whose address it is found. */
export interface Sent {
  readonly conversationId: string;
  readonly attachment: Attachment;
}

/** Where the bytes of an attachment are. */
export function attachmentPath(conversationId: string, attachmentId: string): string {
  return `/api/chat/conversations/${encodeURIComponent(conversationId)}/attachments/${encodeURIComponent(attachmentId)}`;
}

/**
 * Sends the bytes of a file and tells how far it is, from 0 to 1, which `fetch` cannot.
 * @param conversationId the conversation staff answer in; without it the shopper's own
 * @throws {ChatApiFailed}
 */
export function upload(
  file: File,
  conversationId: string | undefined,
  progress: (part: number) => void,
  signal: AbortSignal,
): Promise<Sent> {
  const { promise, resolve, reject } = Promise.withResolvers<Sent>();
  const request = new XMLHttpRequest();
  const path = conversationId === undefined ? '' : `conversations/${encodeURIComponent(conversationId)}/`;
  request.open('POST', `/api/chat/${path}attachments`);
  request.setRequestHeader('content-type', 'application/octet-stream');
  const name = encodeURIComponent(file.name.toWellFormed());
  request.setRequestHeader('content-disposition', `attachment; filename*=UTF-8''${name}`);
  request.responseType = 'json';
  request.upload.addEventListener('progress', ({ loaded, total }) => total > 0 && progress(loaded / total));
  request.addEventListener('load', () => {
    if (request.status === 201) return resolve(request.response as Uploaded);
    const { code = 'failed', detail } = (request.response ?? {}) as { code?: string; detail?: string };
    reject(new ChatApiFailed(code, request.status, detail));
  });
  request.addEventListener('error', () => reject(new ChatApiFailed('unreachable', 0)));
  request.addEventListener('abort', () => reject(new ChatApiFailed('cancelled', 0)));
  signal.addEventListener('abort', () => request.abort(), { once: true });
  request.send(file);
  return promise;
}
