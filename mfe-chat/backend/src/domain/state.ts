import type { ConversationSide, ConversationVoice } from './events.ts';

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
  /** Last seq that a browser of each side was given. */
  readonly deliveredUpTo: Readonly<Record<ConversationSide, number>>;
  /** Last seq each side has read. */
  readonly readUpTo: Readonly<Record<ConversationSide, number>>;
  /** The shop has answered by itself since a person last spoke. */
  readonly answeredByShop: boolean;
  /** The last {@link knownMessages} messages, oldest first. */
  readonly recent: readonly KnownMessage[];
  /** Who of the staff has it; `null` when nobody has. */
  readonly assignee: string | null;
  readonly closed: boolean;
  /** Ids of the last {@link knownMessages} notes, by who added them: `clientMsgId` and what became of it. */
  readonly notes: readonly KnownNote[];
}

/** What is kept of a note in order to know it again. */
export interface KnownNote {
  readonly clientMsgId: string;
  readonly noteId: string;
  readonly by: string;
}

/** How many messages back a repeated `clientMsgId` is recognised. */
export const knownMessages = 1000;

/** A conversation nobody has written in. */
export const emptyConversation: ConversationState = {
  shopperId: null,
  lastSeq: 0,
  deliveredUpTo: { shopper: 0, staff: 0 },
  readUpTo: { shopper: 0, staff: 0 },
  answeredByShop: false,
  recent: [],
  assignee: null,
  closed: false,
  notes: [],
};

/** The message this id already stands for, if that speaker has sent it before. */
export function knownMessage(
  state: ConversationState,
  { from, clientMsgId }: Pick<KnownMessage, 'from' | 'clientMsgId'>,
): KnownMessage | undefined {
  return state.recent.findLast((message) => message.clientMsgId === clientMsgId && message.from === from);
}
