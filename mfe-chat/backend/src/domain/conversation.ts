/**
 * A conversation between one shopper and the shop, as events: pure, so clock, ids and names are arguments.
 * Promises: `seq` counts 1, 2, 3, … without gaps; one `clientMsgId` is one message; nobody reads past the end.
 */
import type { ChatEvent, ConversationAbout, ConversationSide, ConversationVoice } from './events.ts';
import { automaticAnswer } from './automatic-answer.ts';
import { ClientMsgIdReused, ConversationMissing } from './errors.ts';
import { messageText } from './message-text.ts';

/** What is kept of a message in order to know it again. */
export interface KnownMessage {
  readonly clientMsgId: string;
  readonly messageId: string;
  readonly seq: number;
  readonly from: ConversationVoice;
  /** Undefined when it has been erased. */
  readonly text: string | undefined;
}

/** The conversation so far. */
export interface ConversationState {
  /** `null` before the first message. */
  readonly shopperId: string | null;
  readonly lastSeq: number;
  /** Last seq each side has read. */
  readonly readUpTo: Readonly<Record<ConversationSide, number>>;
  /** The shop has answered by itself since a person last spoke. */
  readonly answeredByShop: boolean;
  /** The last {@link knownMessages} messages, oldest first. */
  readonly recent: readonly KnownMessage[];
}

/** How many messages back a repeated `clientMsgId` is recognised. */
export const knownMessages = 1000;

/** A person says something. */
export interface Post {
  readonly kind: 'post';
  readonly conversationId: string;
  readonly from: ConversationSide;
  /** Public-safe id of the speaker; the first one is whose conversation it is. */
  readonly speakerId: string;
  readonly text: string;
  readonly clientMsgId: string;
  readonly messageId: string;
  readonly about: ConversationAbout | null;
}

/** One side has read up to a seq. */
export interface Read {
  readonly kind: 'read';
  readonly conversationId: string;
  readonly by: ConversationSide;
  readonly upTo: number;
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
}

export type ConversationCommand = Post | Read | AnswerAutomatically;

/** Names to show. Nobody is named in person: staff speak for the shop. */
const authors: Readonly<Record<ConversationVoice, string>> = { shopper: 'Shopper', staff: 'The desk', shop: 'Souk' };

/** A conversation nobody has written in. */
export const emptyConversation: ConversationState = {
  shopperId: null,
  lastSeq: 0,
  readUpTo: { shopper: 0, staff: 0 },
  answeredByShop: false,
  recent: [],
};

/**
 * The events a command leads to; none when it changes nothing (a message already known, a read already noted).
 * @throws {EmptyText} {@link TextTooLong} {@link UnprintableText} the text cannot be kept
 * @throws {ConversationMissing} nobody but the shopper may begin a conversation
 * @throws {ClientMsgIdReused} the id already belongs to another text
 */
export function decide(command: ConversationCommand, state: ConversationState): readonly ChatEvent[] {
  switch (command.kind) {
    case 'post':
      return post(command, state);
    case 'read':
      return read(command, state);
    case 'answer-automatically':
      return answerAutomatically(command, state);
    default:
      return command satisfies never;
  }
}

/** The state after an event. */
export function evolve(state: ConversationState, event: ChatEvent): ConversationState {
  switch (event.type) {
    case 'chat.conversation-started.v1':
      return { ...state, shopperId: event.data.shopperId };
    case 'chat.message-posted.v2': {
      const { clientMsgId, messageId, seq, from, said } = event.data;
      return {
        ...state,
        lastSeq: seq,
        answeredByShop: from === 'shop' || (state.answeredByShop && from !== 'staff'),
        recent: [...state.recent.slice(-(knownMessages - 1)), { clientMsgId, messageId, seq, from, text: said?.text }],
      };
    }
    case 'chat.conversation-read.v1':
      return { ...state, readUpTo: { ...state.readUpTo, [event.data.by]: event.data.upTo } };
    default:
      return event satisfies never;
  }
}

/** The message this id already stands for, if that speaker has sent it before. */
export function knownMessage(
  state: ConversationState,
  { from, clientMsgId }: Pick<KnownMessage, 'from' | 'clientMsgId'>,
): KnownMessage | undefined {
  return state.recent.findLast((message) => message.clientMsgId === clientMsgId && message.from === from);
}

function post(command: Post, state: ConversationState): readonly ChatEvent[] {
  const text = messageText(command.text);
  const known = knownMessage(state, command);
  if (known) {
    if (known.text !== undefined && known.text !== text) throw new ClientMsgIdReused(command.clientMsgId);
    return [];
  }
  const { conversationId, messageId, clientMsgId, from, speakerId, about } = command;
  const started = state.shopperId !== null;
  if (!started && from !== 'shopper') throw new ConversationMissing(conversationId);
  const said = { author: authors[from], text };
  const message = { conversationId, messageId, clientMsgId, seq: state.lastSeq + 1, from, said };
  const posted: ChatEvent = { type: 'chat.message-posted.v2', data: about ? { ...message, about } : message };
  if (started) return [posted];
  return [{ type: 'chat.conversation-started.v1', data: { conversationId, shopperId: speakerId, about } }, posted];
}

function answerAutomatically(command: AnswerAutomatically, state: ConversationState): readonly ChatEvent[] {
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
    said: { author: authors.shop, text: answer ?? automaticAnswer },
  } as const;
  return [{ type: 'chat.message-posted.v2', data: message }];
}

function read(command: Read, state: ConversationState): readonly ChatEvent[] {
  const { conversationId, by } = command;
  if (state.shopperId === null) throw new ConversationMissing(conversationId);
  const upTo = Math.min(command.upTo, state.lastSeq);
  if (upTo <= state.readUpTo[by]) return [];
  return [{ type: 'chat.conversation-read.v1', data: { conversationId, by, upTo } }];
}
