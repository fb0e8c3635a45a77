import type { Conversation } from '@souk/chat-api';
import type { EventChannel, Recorded } from '@souk/event-channel';
import { cloudEvent } from '@souk/service-kit';
import { subjects } from '@souk/shared-events/integration';
import type { RecordedChatEvent } from '../domain/events.ts';
import type { ConversationView } from '../projections/conversation/conversation-view.ts';

/** What browsers are told of; more than that stands in the stream. */
const told: readonly string[] = [
  'chat.message-posted.v2',
  'chat.conversation-delivered.v1',
  'chat.conversation-read.v1',
];

/** What the push stands on. */
export interface PushToBrowsersOptions {
  readonly channel: EventChannel;
  readonly view: ConversationView;
  /** Resolves once the views hold this position: a browser that is told must find what it was told of. */
  readonly caughtUp: (position: number) => Promise<void>;
}

/**
 * Tells the shopper's and the staff's browsers what happened, by ids only: text never travels in a browser event.
 * Effectively once: each push has an id that follows from its cause, and the channel drops a second one.
 */
export function pushToBrowsers({ channel, view, caughtUp }: PushToBrowsersOptions) {
  async function push(subject: string, recorded: Recorded, type: string, detail: object): Promise<void> {
    const id = `${recorded.event.id}-${type.replace(':', '-')}-to-${subject.split('.')[1]}`;
    const data = { type, detail };
    const event = cloudEvent({ type: 'shell.browser-event.v1', source: '/chat', data, cause: recorded, id });
    await channel.append(subject, [event], { expect: 'any', messageId: `/chat/${id}` });
  }

  return async (recorded: Recorded): Promise<void> => {
    const event = recorded.event as typeof recorded.event & RecordedChatEvent;
    if (!told.includes(event.type)) return;
    await caughtUp(recorded.position);
    const { conversationId } = event.data;
    const ownerId = view.ownerOf(conversationId);
    const conversation = view.conversation(conversationId, 'shopper');
    if (ownerId === undefined || !conversation) throw new Error(`the view does not know ${conversationId} yet`);
    const shopper = subjects.pushToShopper(ownerId);
    if (event.type === 'chat.message-posted.v2') {
      const { messageId, seq, from } = event.data;
      const received = { conversationId, messageId, seq, from };
      await push(shopper, recorded, 'chat:message-received', received);
      await push(subjects.pushToStaff(), recorded, 'chat:message-received', received);
      if (from === 'shopper') return;
    }
    if (event.type === 'chat.conversation-delivered.v1' || event.type === 'chat.conversation-read.v1') {
      const receipt = receiptOf(event, conversation);
      await push(shopper, recorded, 'chat:receipt-changed', receipt);
      await push(subjects.pushToStaff(), recorded, 'chat:receipt-changed', receipt);
      if (event.type === 'chat.conversation-delivered.v1' || event.data.by === 'staff') return;
    }
    await push(shopper, recorded, 'chat:unread-changed', { unread: conversation.unread });
  };
}

type Receipt = Extract<
  RecordedChatEvent,
  { type: 'chat.conversation-delivered.v1' } | { type: 'chat.conversation-read.v1' }
>;

/** How far one side has come; the view may know more already, and more is as true. */
function receiptOf({ type, data }: Receipt, conversation: Conversation) {
  const { conversationId } = data;
  const by = type === 'chat.conversation-read.v1' ? data.by : data.to;
  const [deliveredUpTo, readUpTo] =
    by === 'staff'
      ? [conversation.deliveredToStaff, conversation.readByStaff]
      : [conversation.deliveredToShopper, conversation.readByShopper];
  return { conversationId, by, deliveredUpTo, readUpTo };
}
