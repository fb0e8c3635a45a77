// What the staff do with a conversation beside answering: whose it is, whether it is done, and notes to each other.
import { ClaimedByOther, ConversationMissing } from './errors.ts';
import type { ChatEvent } from './events.ts';
import { messageText } from './message-text.ts';
import type { ConversationState } from './state.ts';

interface ByStaff {
  readonly conversationId: string;
  /** The member of the staff. */
  readonly by: string;
}

/** Takes a conversation that nobody has. */
export interface Claim extends ByStaff {
  readonly kind: 'claim';
}

/** Hands a conversation on: to a colleague, to oneself, or back to everybody. */
export interface Transfer extends ByStaff {
  readonly kind: 'transfer';
  /** Who has it, as far as the sender knows; so that nobody takes from one what meanwhile is another's. */
  readonly from: string | null;
  readonly to: string | null;
  /** A word to who gets it. */
  readonly why?: string;
}

/** It is done; or it is not, after all. */
export interface CloseOrReopen extends ByStaff {
  readonly kind: 'close' | 'reopen';
}

/** Tells the colleagues something. */
export interface AddNote extends ByStaff {
  readonly kind: 'note';
  readonly noteId: string;
  readonly clientMsgId: string;
  readonly text: string;
}

export type DeskCommand = Claim | Transfer | CloseOrReopen | AddNote;

/**
 * What a command of the staff leads to; nothing when it is so already.
 * @throws {ConversationMissing} {@link ClaimedByOther} and, of a text, what {@link messageText} throws
 */
export function atDesk(command: DeskCommand, state: ConversationState): readonly ChatEvent[] {
  const { conversationId, by } = command;
  if (state.shopperId === null) throw new ConversationMissing(conversationId);
  switch (command.kind) {
    case 'claim':
      if (state.assignee === by) return [];
      if (state.assignee !== null) throw new ClaimedByOther(state.assignee);
      return [{ type: 'chat.conversation-claimed.v1', data: { conversationId, by } }];
    case 'transfer': {
      const { from, to, why = '' } = command;
      if (state.assignee === to) return [];
      if (state.assignee !== from) throw new ClaimedByOther(state.assignee);
      const word = why.trim() === '' ? undefined : { text: messageText(why) };
      return [{ type: 'chat.conversation-transferred.v1', data: { conversationId, by, to, why: word } }];
    }
    case 'close':
      return state.closed ? [] : [{ type: 'chat.conversation-closed.v1', data: { conversationId, by } }];
    case 'reopen':
      return state.closed ? [{ type: 'chat.conversation-reopened.v1', data: { conversationId, by } }] : [];
    case 'note':
      return note(command, state);
    default:
      return command satisfies never;
  }
}

/** The same `clientMsgId` of the same member is the same note. */
function note(
  { conversationId, by, noteId, clientMsgId, text }: AddNote,
  state: ConversationState,
): readonly ChatEvent[] {
  if (state.notes.some((known) => known.clientMsgId === clientMsgId && known.by === by)) return [];
  const data = { conversationId, noteId, clientMsgId, by, note: { text: messageText(text) } };
  return [{ type: 'chat.note-added.v1', data }];
}
