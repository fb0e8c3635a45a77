import type { About, Attachment, Message } from '@souk/chat-api';
import type { ComputedRef, ShallowRef } from 'vue';
import type { Outgoing, Receipt } from './thread-state.ts';

/** A conversation on the screen: what is there, what is on its way, and what can be done. */
export interface Thread {
  readonly status: ShallowRef<'loading' | 'ready' | 'failed'>;
  readonly messages: ShallowRef<readonly Message[]>;
  readonly outgoing: ComputedRef<readonly Outgoing[]>;
  /** The conversation, as soon as it is known. */
  readonly id: ShallowRef<string | undefined>;
  /** Whose draft belongs in the box, as soon as it is known. */
  readonly draftOwner: ShallowRef<string | undefined>;
  /** How far the other side has come. */
  readonly receipt: ShallowRef<Receipt>;
  readonly hasOlder: ShallowRef<boolean>;
  readonly loadingOlder: ShallowRef<boolean>;
  /** Last seq that the other side has written. */
  readonly lastFromOthers: ComputedRef<number>;
  /** Loads from the start; also the answer to a failed load. */
  load(): Promise<void>;
  loadOlder(): Promise<void>;
  /** Shows the message at once and sends it, now or when that is possible; resolves when it is kept. */
  send(said: Said): Promise<void>;
  /** Sends a failed message again under the same clientMsgId, so that it cannot arrive twice. */
  retry(clientMsgId: string): Promise<void>;
  discard(clientMsgId: string): Promise<void>;
  /** Tells the server that this side has read everything; answers what is left unread, if anything changed. */
  markRead(): Promise<number | undefined>;
}

/** What is said. */
export interface Said {
  readonly text: string;
  readonly about: About | null;
  readonly card?: About;
  readonly attachments?: readonly Attachment[];
}

/** Which thread. */
export interface ThreadOptions {
  readonly side: 'shopper' | 'staff';
  /** The conversation staff look at; a shopper has only one, which the server knows. */
  readonly conversationId?: string | undefined;
}
