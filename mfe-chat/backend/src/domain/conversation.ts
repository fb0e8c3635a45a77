/**
 * A conversation between one shopper and the shop, as events: pure, so clock, ids and names are arguments.
 * Promises: `seq` counts 1, 2, 3, … without gaps; one `clientMsgId` is one message; nobody reads past the end.
 */
import { atDesk, type DeskCommand } from './desk.ts';
import { ConversationMissing } from './errors.ts';
import type { ChatEvent, ConversationSide } from './events.ts';
import { answerAutomatically, post, type AnswerAutomatically, type Post } from './say.ts';
import { knownMessages, type ConversationState } from './state.ts';

/** One side has read up to a seq. */
export interface Read {
  readonly kind: 'read';
  readonly conversationId: string;
  readonly by: ConversationSide;
  readonly upTo: number;
}

/** A browser of one side has been given everything up to a seq. */
export interface Deliver {
  readonly kind: 'deliver';
  readonly conversationId: string;
  readonly to: ConversationSide;
  readonly upTo: number;
}

export type ConversationCommand = Post | Read | Deliver | AnswerAutomatically | DeskCommand;

/**
 * The events a command leads to; none when it changes nothing (a message already known, a read already noted).
 * @throws {EmptyText} {@link TextTooLong} {@link UnprintableText} the text cannot be kept
 * @throws {ConversationMissing} nobody but the shopper may begin a conversation
 * @throws {ClaimedByOther} somebody else has it
 * @throws {ClientMsgIdReused} the id already belongs to another text
 */
export function decide(command: ConversationCommand, state: ConversationState): readonly ChatEvent[] {
  switch (command.kind) {
    case 'post':
      return post(command, state);
    case 'read':
      return read(command, state);
    case 'deliver':
      return deliver(command, state);
    case 'answer-automatically':
      return answerAutomatically(command, state);
    case 'claim':
    case 'transfer':
    case 'close':
    case 'reopen':
    case 'note':
      return atDesk(command, state);
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
    case 'chat.conversation-delivered.v1':
      return { ...state, deliveredUpTo: { ...state.deliveredUpTo, [event.data.to]: event.data.upTo } };
    case 'chat.conversation-read.v1':
      return { ...state, readUpTo: { ...state.readUpTo, [event.data.by]: event.data.upTo } };
    case 'chat.conversation-claimed.v1':
      return { ...state, assignee: event.data.by };
    case 'chat.conversation-transferred.v1':
      return { ...state, assignee: event.data.to };
    case 'chat.conversation-closed.v1':
      return { ...state, closed: true };
    case 'chat.conversation-reopened.v1':
      return { ...state, closed: false };
    case 'chat.note-added.v1': {
      const { clientMsgId, noteId, by } = event.data;
      return { ...state, notes: [...state.notes.slice(-(knownMessages - 1)), { clientMsgId, noteId, by }] };
    }
    default:
      return event satisfies never;
  }
}

function read(command: Read, state: ConversationState): readonly ChatEvent[] {
  const { conversationId, by } = command;
  if (state.shopperId === null) throw new ConversationMissing(conversationId);
  const upTo = Math.min(command.upTo, state.lastSeq);
  if (upTo <= state.readUpTo[by]) return [];
  return [{ type: 'chat.conversation-read.v1', data: { conversationId, by, upTo } }];
}

/** What was read was delivered, so nothing has to say so. */
function deliver(command: Deliver, state: ConversationState): readonly ChatEvent[] {
  const { conversationId, to } = command;
  if (state.shopperId === null) throw new ConversationMissing(conversationId);
  const upTo = Math.min(command.upTo, state.lastSeq);
  if (upTo <= Math.max(state.deliveredUpTo[to], state.readUpTo[to])) return [];
  return [{ type: 'chat.conversation-delivered.v1', data: { conversationId, to, upTo } }];
}
