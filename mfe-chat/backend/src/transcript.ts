import type { Conversation, Message } from '@souk/chat-api';
import type { ConversationView } from './projections/conversation/conversation-view.ts';
import { shopperLabel } from './projections/inbox/inbox-view.ts';

const pageSize = 100;

/** A conversation as plain text: what both sides said, and nothing of what the staff told each other. */
export function transcriptOf(conversation: Conversation, view: ConversationView, now: Date): string {
  const { conversationId, startedAt } = conversation;
  const shopper = shopperLabel(conversationId);
  const names: Readonly<Record<Message['from'], string>> = {
    shopper,
    staff: 'The desk',
    shop: 'Souk (automatic answer)',
  };
  const lines = [
    `Souk: conversation with ${shopper}`,
    `Begun ${timeOf(startedAt)}, written out ${timeOf(now.toISOString())}`,
  ];
  for (let after = 0; ;) {
    const { messages, hasNewer } = view.page(conversation, { after, limit: pageSize });
    for (const { at, from, text, erased, about } of messages) {
      lines.push('', `${timeOf(at)}  ${names[from]}${about ? `  (about ${about.kind} ${about.id})` : ''}`);
      // Set in, so that no text passes for a line of another speaker.
      lines.push(...(erased ? '[erased]' : text).split(/\r\n|[\n\r\u2028\u2029]/).map((line) => `    ${line}`));
    }
    const last = messages.at(-1);
    if (!hasNewer || !last) return `${lines.join('\n')}\n`;
    after = last.seq;
  }
}

/** `2026-11-23 15:40 UTC` */
function timeOf(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
