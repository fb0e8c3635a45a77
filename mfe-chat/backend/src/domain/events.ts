import type { IntegrationData } from '@souk/shared-events/integration';

type Typed<Type extends keyof IntegrationData> = Type extends unknown
  ? { readonly type: Type; readonly data: IntegrationData[Type] }
  : never;

/** What happens in a conversation as the contract has it: type and data, with what was said sealed. */
export type RecordedChatEvent = Typed<
  | 'chat.conversation-started.v1'
  | 'chat.message-posted.v2'
  | 'chat.conversation-delivered.v1'
  | 'chat.conversation-read.v1'
  | 'chat.conversation-claimed.v1'
  | 'chat.conversation-transferred.v1'
  | 'chat.conversation-closed.v1'
  | 'chat.conversation-reopened.v1'
  | 'chat.note-added.v1'
>;

/** A message as it stands in the log. */
export type RecordedMessage = Extract<RecordedChatEvent, { type: 'chat.message-posted.v2' }>;

/** A note as it stands in the log. */
export type RecordedNote = Extract<RecordedChatEvent, { type: 'chat.note-added.v1' }>;

/** A transfer as it stands in the log. */
export type RecordedTransfer = Extract<RecordedChatEvent, { type: 'chat.conversation-transferred.v1' }>;

/** A note that can be read, unless who it is about has been erased. */
export interface AddedNote {
  readonly type: 'chat.note-added.v1';
  readonly data: Omit<RecordedNote['data'], 'note'> & { readonly note: Words | undefined };
}

/** A transfer whose word can be read; undefined when there is none, or when it has been erased. */
export interface Transferred {
  readonly type: 'chat.conversation-transferred.v1';
  readonly data: Omit<RecordedTransfer['data'], 'why'> & { readonly why: Words | undefined };
}

/** What staff write to each other. */
export interface Words {
  readonly text: string;
}

/** A message that can be read, unless who it is about has been erased. */
export interface PostedMessage {
  readonly type: 'chat.message-posted.v2';
  readonly data: Omit<RecordedMessage['data'], 'said'> & { readonly said: Said | undefined };
}

/** What was said, and the name to show with it. */
export interface Said {
  readonly author: string;
  /** Empty where attachments or a card speak for themselves. */
  readonly text: string;
  readonly attachments?: readonly MessageAttachment[];
}

/** A picture or a document that is part of a message; its bytes are kept elsewhere. */
export interface MessageAttachment {
  readonly attachmentId: string;
  /** As the sender called it; text, no path. */
  readonly name: string;
  readonly type: AttachmentType;
  /** Bytes. */
  readonly size: number;
  /** Pixels, of a picture. */
  readonly width?: number;
  readonly height?: number;
}

/** What may be attached. */
export type AttachmentType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif' | 'application/pdf';

/** What happens in a conversation as its rules see it. */
export type ChatEvent =
  | Exclude<RecordedChatEvent, RecordedMessage | RecordedNote | RecordedTransfer>
  | PostedMessage
  | AddedNote
  | Transferred;

/** Who speaks: a shopper, a person at the desk, or the shop by itself. */
export type ConversationVoice = RecordedMessage['data']['from'];

/** Who reads. */
export type ConversationSide = IntegrationData['chat.conversation-read.v1']['by'];

/** A product or an order that somebody asks about. */
export type ConversationAbout = NonNullable<IntegrationData['chat.conversation-started.v1']['about']>;
