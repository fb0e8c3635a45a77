import type { IntegrationData } from '@souk/shared-events/integration';

type Typed<Type extends keyof IntegrationData> = Type extends unknown
  ? { readonly type: Type; readonly data: IntegrationData[Type] }
  : never;

/** What can happen in a conversation: type and data of the contract's events, without the envelope. */
export type ChatEvent = Typed<'chat.conversation-started.v1' | 'chat.message-posted.v1' | 'chat.conversation-read.v1'>;

/** Who speaks: a shopper, a person at the desk, or the shop by itself. */
export type ConversationVoice = IntegrationData['chat.message-posted.v1']['from'];

/** Who reads. */
export type ConversationSide = IntegrationData['chat.conversation-read.v1']['by'];

/** A product or an order that somebody asks about. */
export type ConversationAbout = NonNullable<IntegrationData['chat.conversation-started.v1']['about']>;
