import type { Posted } from '@souk/chat-api';
import { chatApi } from '../api-client.ts';
import type { Outgoing } from '../thread-state.ts';

/** Posts a message. @param conversationId where staff answer; without it the shopper's own */
export function postOutgoing(
  message: Outgoing,
  conversationId: string | undefined,
  signal: AbortSignal,
): Promise<Posted> {
  const { clientMsgId, text, about, card, attachments = [] } = message;
  return chatApi.post(
    {
      ...{ clientMsgId, text, about },
      ...(card ? { card } : {}),
      ...(attachments.length > 0 ? { attachments: attachments.map(({ attachmentId }) => attachmentId) } : {}),
      ...(conversationId === undefined ? {} : { conversationId }),
    },
    signal,
  );
}
