import { nobodyThere } from './automatic-answer.ts';
import { ClientMsgIdReused, ConversationMissing } from './errors.ts';
import type { ChatEvent, ConversationAbout, ConversationSide, ConversationVoice, MessageAttachment } from './events.ts';
import { captionText, messageText } from './message-text.ts';
import { knownMessage, type ConversationState } from './state.ts';

/** A person says something. */
export interface Post {
  readonly kind: 'post';
  readonly conversationId: string;
  readonly from: ConversationSide;
  /** Public-safe id of the speaker; the first one is whose conversation it is. */
  readonly speakerId: string;
  /** Who of the staff speaks. */
  readonly by?: string;
  readonly text: string;
  readonly clientMsgId: string;
  readonly messageId: string;
  readonly about: ConversationAbout | null;
  readonly attachments?: readonly MessageAttachment[];
  /** A product or an order to show with the message. */
  readonly card?: ConversationAbout | null;
}

/** Nobody is at the desk: the shop answers a message by itself, unless somebody or itself has answered already. */
export interface AnswerAutomatically {
  readonly kind: 'answer-automatically';
  readonly conversationId: string;
  /** The shopper's message that waits. */
  readonly toSeq: number;
  readonly messageId: string;
  /** An answer to that very message, given also when the shop has spoken before. @default that nobody is there */
  readonly answer?: string;
  /** When the desk opens, in words; where hours are known and it is closed. */
  readonly opens?: string | undefined;
}

/** Names to show. Nobody is named in person: staff speak for the shop. */
const authors: Readonly<Record<ConversationVoice, string>> = { shopper: 'Shopper', staff: 'The desk', shop: 'Souk' };

/**
 * What a post leads to: nothing when it is known already. A new message of the shopper opens again what was closed; an
 * answer to a conversation that nobody has claims it.
 */
export function post(command: Post, state: ConversationState): readonly ChatEvent[] {
  const { attachments = [], card = null } = command;
  const text = attachments.length > 0 || card ? captionText(command.text) : messageText(command.text);
  const known = knownMessage(state, command);
  if (known) {
    if (known.text !== undefined && known.text !== text) throw new ClientMsgIdReused(command.clientMsgId);
    return [];
  }
  const { conversationId, messageId, clientMsgId, from, speakerId, about, by } = command;
  const started = state.shopperId !== null;
  if (!started && from !== 'shopper') throw new ConversationMissing(conversationId);
  const said = { author: authors[from], text, ...(attachments.length > 0 && { attachments }) };
  const message = { conversationId, messageId, clientMsgId, seq: state.lastSeq + 1, from, said };
  const data = { ...message, ...(about && { about }), ...(card && { card }), ...(by && { by }) };
  const posted: ChatEvent = { type: 'chat.message-posted.v2', data };
  if (started && from === 'shopper' && state.closed) {
    return [{ type: 'chat.conversation-reopened.v1', data: { conversationId, by: null } }, posted];
  }
  if (from === 'staff' && by !== undefined && state.assignee === null) {
    return [{ type: 'chat.conversation-claimed.v1', data: { conversationId, by } }, posted];
  }
  if (started) return [posted];
  return [{ type: 'chat.conversation-started.v1', data: { conversationId, shopperId: speakerId, about } }, posted];
}

/** What is said when nobody is there: once, until a person has spoken. */
export function answerAutomatically(command: AnswerAutomatically, state: ConversationState): readonly ChatEvent[] {
  const { conversationId, toSeq, messageId, answer } = command;
  if (state.shopperId === null) throw new ConversationMissing(conversationId);
  const asked = state.recent.some((message) => message.from === 'shopper' && message.seq === toSeq);
  const answered = state.recent.some((message) => message.from === 'staff' && message.seq > toSeq);
  const clientMsgId = `automatic-${toSeq}`;
  const spoken = answer === undefined ? state.answeredByShop : knownMessage(state, { from: 'shop', clientMsgId });
  if (!asked || answered || spoken) return [];
  const message = {
    conversationId,
    messageId,
    clientMsgId,
    seq: state.lastSeq + 1,
    from: 'shop',
    said: { author: authors.shop, text: answer ?? nobodyThere(command.opens) },
  } as const;
  return [{ type: 'chat.message-posted.v2', data: message }];
}
