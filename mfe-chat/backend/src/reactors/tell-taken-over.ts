import type { EventChannel, Recorded } from '@souk/event-channel';
import { cloudEvent, type Projection } from '@souk/service-kit';
import { subjects, type IntegrationData } from '@souk/shared-events/integration';
import type { ConversationView } from '../projections/conversation/conversation-view.ts';

/** What it stands on. */
export interface TellTakenOverOptions {
  readonly channel: EventChannel;
  readonly view: ConversationView;
  readonly conversation: Projection;
}

/** How long it waits for the view, in milliseconds. */
const viewWithinMs = 10_000;

/**
 * Tells a customer's pages of the conversation that a guest brought along, as if its last message came just now: a page that
 * shows none, or another one, then loads it. Effectively once, as every push.
 */
export function tellTakenOver({ channel, view, conversation }: TellTakenOverOptions) {
  return async (signedIn: Recorded): Promise<void> => {
    await conversation.waitFor(signedIn.position, { stream: 'account', timeoutMs: viewWithinMs });
    const { customerId } = signedIn.event.data as IntegrationData['account.signed-in.v1'];
    const [conversationId = ''] = view.conversationsOf(customerId);
    const current = view.conversation(conversationId, 'shopper');
    const last = current && view.page(current, { limit: 1 }).messages[0];
    if (!last) return;
    const { messageId, seq, from } = last;
    const push = async (type: string, detail: object) => {
      const id = `${signedIn.event.id}-${type.replace(':', '-')}`;
      const data = { type, detail };
      const event = cloudEvent({ type: 'shell.browser-event.v1', source: '/chat', data, cause: signedIn, id });
      const messageOnce = { expect: 'any', messageId: `/chat/${id}` } as const;
      await channel.append(subjects.pushToShopper(customerId), [event], messageOnce);
    };
    await push('chat:message-received', { conversationId, messageId, seq, from });
    await push('chat:unread-changed', { unread: current.unread });
  };
}
