import type { Recorded } from '@souk/event-channel';
import { causeOf } from '@souk/service-kit';
import type { Conversations } from '../conversations.ts';
import type { DeskPresence } from '../desk-presence.ts';
import type { ChatEvent } from '../domain/events.ts';

/** What the automatic answer stands on. */
export interface AnswerAutomaticallyOptions {
  readonly conversations: Conversations;
  readonly presence: DeskPresence;
  readonly newId: (prefix: string) => string;
}

/**
 * Says that nobody is at the desk, when nobody is. Told twice of the same message it still answers once: the
 * conversation itself knows that the shop has spoken.
 */
export function answerAutomatically({ conversations, presence, newId }: AnswerAutomaticallyOptions) {
  return async (recorded: Recorded): Promise<void> => {
    const event = recorded.event as typeof recorded.event & ChatEvent;
    if (event.type !== 'chat.message-posted.v1' || event.data.from !== 'shopper' || presence.present()) return;
    const { conversationId, seq } = event.data;
    await conversations.handle(
      { kind: 'answer-automatically', conversationId, toSeq: seq, messageId: newId('m') },
      causeOf(recorded),
    );
  };
}
