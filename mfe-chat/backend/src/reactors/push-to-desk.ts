import type { EventChannel, Recorded } from '@souk/event-channel';
import { cloudEvent } from '@souk/service-kit';
import { subjects } from '@souk/shared-events/integration';

/** What the staff's browsers are told of each event that is theirs alone. */
const changes: Readonly<Record<string, string>> = {
  'chat.conversation-claimed.v1': 'claimed',
  'chat.conversation-transferred.v1': 'transferred',
  'chat.conversation-closed.v1': 'closed',
  'chat.conversation-reopened.v1': 'reopened',
  'chat.note-added.v1': 'noted',
  'chat.conversation-read.v1': 'read',
  'chat.staff-named.v1': 'staff',
  'chat.canned-reply-saved.v1': 'replies',
  'chat.canned-reply-removed.v1': 'replies',
};

/** What the push stands on. */
export interface PushToDeskOptions {
  readonly channel: EventChannel;
  /** Resolves once the views hold this position. */
  readonly caughtUp: (position: number) => Promise<void>;
}

/** Tells the staff's browsers, and no shopper's, that something changed at the desk: what, and where; never words or names. */
export function pushToDesk({ channel, caughtUp }: PushToDeskOptions) {
  return async (recorded: Recorded): Promise<void> => {
    const change = changes[recorded.event.type];
    const { conversationId, by } = recorded.event.data as { conversationId?: string; by?: unknown };
    // Who has not opened the desk yet need not hear of the replies that came with the shop.
    if (change === undefined || (change === 'read' && by !== 'staff') || (change === 'replies' && by === null)) return;
    await caughtUp(recorded.position);
    const id = `${recorded.event.id}-desk`;
    const detail = { change, ...(conversationId === undefined ? {} : { conversationId }) };
    const data = { type: 'chat:desk-changed', detail };
    const event = cloudEvent({ type: 'shell.browser-event.v1', source: '/chat', data, cause: recorded, id });
    await channel.append(subjects.pushToStaff(), [event], { expect: 'any', messageId: `/chat/${id}` });
  };
}
