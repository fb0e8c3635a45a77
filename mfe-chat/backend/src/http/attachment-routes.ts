import { Uploaded } from '@souk/chat-api';
import { Invalid, NotFound, RateLimited, TooLarge, type ApiError, type Session, type SoukApp } from '@souk/service-kit';
import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { AttachmentRefused } from '../attachments/errors.ts';
import type { AttachmentStore, StoredAttachment } from '../attachments/attachment-store.ts';
import { isStaff, ownConversation, whereAndWho } from './access.ts';
import { conversationNotFound } from './problems.ts';
import type { RoutesOptions } from './routes-options.ts';

/** As much of a request as matters here. */
interface Asking {
  readonly session: Session;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  readonly raw: { readonly destroyed: boolean };
}

const bodyLimit = 16 * 1024 * 1024;
const id = Type.String({ maxLength: 128 });
const Of = Type.Object({ conversationId: id });
const One = Type.Object({ conversationId: id, attachmentId: id });

/** What a browser may do with a file that somebody sent: show it, and nothing else. */
const alone = {
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  // Asked for again each time, so that who may not see it any more does not.
  'cache-control': 'private, no-cache',
};

/** Sending a file, which a message then names; and getting it, for those who may see the conversation. */
export function addAttachmentRoutes(app: SoukApp, options: RoutesOptions): void {
  const { attachments, view, takeToken } = options;

  async function put(request: Asking, conversationId: string, shopperId: string): Promise<Uploaded> {
    const { session, headers, body } = request;
    const waitMs = takeToken(session.shopperId);
    if (waitMs > 0) throw new RateLimited('rate-limited', 'Please wait a moment.', { retryAfterMs: waitMs });
    const upload = { conversationId, shopperId, uploaderId: session.shopperId, name: nameIn(headers) };
    // What is refused is read on to its end: a connection that is cut would lose the answer that says why.
    const bytes = (body as Readable).iterator({ destroyOnReturn: false });
    try {
      return { conversationId, attachment: await attachments.put({ ...upload, body: bytes }) };
    } catch (error) {
      (body as Readable).resume();
      if (error instanceof AttachmentRefused) throw refusal(error);
      if (request.raw.destroyed) throw new Invalid('upload-cancelled', 'the upload was broken off', { cause: error });
      throw error;
    }
  }

  void app.register(async (scope) => {
    scope.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));
    const uploading = { bodyLimit, preHandler: refuseOther };
    const headers = Type.Object({
      'content-disposition': Type.Optional(
        Type.String({
          maxLength: 2000,
          description: "attachment; filename*=UTF-8''…: a name in an address would be logged",
        }),
      ),
    });
    const response = { 201: Uploaded };
    const consumes = ['application/octet-stream'];

    scope.post(
      '/api/chat/attachments',
      {
        ...uploading,
        schema: { summary: 'Send a picture or a PDF for a message of one’s own', consumes, headers, response },
      },
      async (request, reply) => {
        const conversationId = ownConversation(view, request.session);
        const shopperId = view.shopperOf(conversationId) ?? request.session.shopperId;
        return reply.code(201).send(await put(request, conversationId, shopperId));
      },
    );

    scope.post(
      '/api/chat/conversations/:conversationId/attachments',
      {
        ...uploading,
        schema: { summary: 'Send a picture or a PDF in a conversation', params: Of, consumes, headers, response },
      },
      async (request, reply) => {
        const { conversationId } = request.params as { conversationId: string };
        whereAndWho(view, conversationId, request.session);
        const shopperId = view.shopperOf(conversationId);
        if (shopperId === undefined) throw conversationNotFound();
        return reply.code(201).send(await put(request, conversationId, shopperId));
      },
    );
  });

  app.get(
    '/api/chat/conversations/:conversationId/attachments/:attachmentId',
    { schema: { summary: 'The bytes of an attachment, for who may see the conversation', params: One } },
    async (request, reply) => {
      const { conversationId, attachmentId } = request.params;
      const { session } = request;
      const own = [ownConversation(view, session), ...view.conversationsOf(session.shopperId)];
      const mayRead = isStaff(session) || own.includes(conversationId);
      // In a thread that reads on into earlier conversations, it may be in one of those.
      const where = own.find((one) => view.hasAttachment(one, attachmentId));
      const place = isStaff(session) ? conversationId : (where ?? conversationId);
      const stored = mayRead ? await attachments.get(place, attachmentId) : undefined;
      const isSaid = stored && view.hasAttachment(place, attachmentId);
      if (!stored || !(isSaid || stored.uploaderId === session.shopperId)) {
        throw new NotFound('attachment-gone', 'There is no such file.');
      }
      const { type, size, name } = stored.attachment;
      const etag = `"${attachmentId}"`;
      reply.headers({ ...alone, etag });
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      const how = type === 'application/pdf' ? 'attachment' : 'inline';
      reply.headers({ 'content-length': size, 'content-disposition': `${how}; filename*=UTF-8''${encoded(name)}` });
      return reply.type(type).send(Readable.from(stored.bytes()));
    },
  );
}

/**
 * The attachments that a message names, which its sender has sent to this conversation.
 * @throws {Invalid} when one is not there, or is somebody else's
 */
export async function attachmentsOf(
  store: AttachmentStore,
  conversationId: string,
  uploaderId: string,
  ids: readonly string[],
): Promise<StoredAttachment['attachment'][]> {
  const found = await Promise.all([...new Set(ids)].map((one) => store.get(conversationId, one)));
  return found.map((stored) => {
    if (stored?.uploaderId !== uploaderId) throw refusal(new AttachmentRefused('attachment-unknown'));
    return stored.attachment;
  });
}

/** A form or JSON would be read before it is looked at. */
async function refuseOther({ headers }: Pick<Asking, 'headers'>): Promise<void> {
  if (!/^application\/octet-stream\b/.test(headers['content-type'] ?? '')) {
    throw new Invalid('attachment-body', 'send the bytes of the file as application/octet-stream');
  }
  if (Number(headers['content-length'] ?? 0) > bodyLimit) throw refusal(new AttachmentRefused('attachment-too-large'));
}

function refusal(error: AttachmentRefused): ApiError {
  const { code, message } = error;
  if (code === 'attachment-too-large') return new TooLarge(code, message, { cause: error });
  return new Invalid(code, message, { cause: error });
}

/** @see https://www.rfc-editor.org/rfc/rfc8187 */
function nameIn(headers: IncomingHttpHeaders): string {
  const [, encodedName = ''] = /filename\*=UTF-8''([^;\s]+)/i.exec(String(headers['content-disposition'] ?? '')) ?? [];
  try {
    return decodeURIComponent(encodedName);
  } catch {
    return '';
  }
}

function encoded(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
