import type { EventChannel } from '@souk/event-channel';
import { followErasures } from '@souk/service-kit';
import type { Database, Erasures, KeyStore, Logger } from '@souk/service-kit';
import { erasureRequests, subjects } from '@souk/shared-events/integration';
import type { IntegrationData } from '@souk/shared-events/integration';
import type { AttachmentStore } from '../attachments/attachment-store.ts';
import { conversationIdOf } from '../conversation-id.ts';
import type { Conversations } from '../conversations.ts';
import type { RecordedChatEvent } from '../domain/events.ts';

/** What erasing stands on. */
export interface ErasePersonsOptions {
  readonly channel: EventChannel;
  readonly db: Database;
  readonly keys: KeyStore;
  readonly log: Logger;
  readonly conversations: Conversations;
  readonly attachments: AttachmentStore;
}

/** Erases who is to be erased: the key, and so all that was said in the person's conversation, by whichever side. */
export function erasePersons(options: ErasePersonsOptions): Erasures {
  const { channel, db, keys, log, conversations, attachments } = options;
  return followErasures({
    ...{ name: 'chat-erasures', channel, db, keys, log, requests: erasureRequests, source: '/chat' },
    personOf: ({ data }) => (data as IntegrationData['shell.person-erasure-requested.v1']).personId,
    async erase(personId) {
      const conversationId = conversationIdOf(personId);
      await conversations.forget(conversationId);
      await attachments.forget(conversationId);
      const unsealed = await unsealedIn(channel, conversationId);
      const data: IntegrationData['chat.person-erased.v1'] = { personId, unsealed };
      return { subject: subjects.personOf('chat', personId), type: 'chat.person-erased.v1', data };
    },
  });
}

/** Messages from before there were seals. */
async function unsealedIn(channel: EventChannel, conversationId: string): Promise<number> {
  let count = 0;
  for await (const { event } of channel.read(subjects.conversation(conversationId))) {
    const { type, data } = event as typeof event & RecordedChatEvent;
    if (type === 'chat.message-posted.v2' && data.from !== 'shop' && 'plain' in data.said) count++;
  }
  return count;
}
