import type { About, Message } from '@souk/chat-api';

/** One conversation in memory. */
export interface MockConversation {
  readonly conversationId: string;
  readonly shopper: string;
  about: About | null;
  readonly messages: Message[];
  readByShopper: number;
  readByStaff: number;
  deliveredToStaff: number;
}

/** What is pushed to browsers when something happens. */
export type Push = (
  type:
    | 'chat:desk-changed'
    | 'chat:message-received'
    | 'chat:unread-changed'
    | 'chat:receipt-changed'
    | 'chat:typing-changed'
    | 'chat:presence-changed',
  detail: object,
) => void;
