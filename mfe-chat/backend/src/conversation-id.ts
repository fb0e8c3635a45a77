import { createHash } from 'node:crypto';

/**
 * The one conversation of a shopper. It follows from the shopper's id, so that two first messages at the same moment
 * begin one conversation and not two; and it does not give the shopper's id away.
 */
export function conversationIdOf(shopperId: string): string {
  return `c_${createHash('sha256').update(`souk conversation ${shopperId}`).digest('base64url').slice(0, 22)}`;
}
