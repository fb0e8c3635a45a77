import type { EventChannel, Position, Recorded } from '@souk/event-channel';
import { causeOf, type KeyStore } from '@souk/service-kit';
import { askOrderStatus, askShopperOverview } from '../ask-cart.ts';
import type { Conversations } from '../conversations.ts';
import type { DeskPresence } from '../desk-presence.ts';
import type { RecordedChatEvent, Said } from '../domain/events.ts';
import { afterOrderAnswer, opensInWords } from '../domain/automatic-answer.ts';
import type { OpeningHours } from '../domain/opening-hours.ts';
import { orderAnswer, orderAskedFor, ordersAnswer } from '../domain/order-question.ts';
import type { ConversationView } from '../projections/conversation/conversation-view.ts';

/** What the automatic answer stands on. */
export interface AnswerAutomaticallyOptions {
  readonly channel: EventChannel;
  readonly keys: KeyStore;
  readonly conversations: Conversations;
  readonly view: ConversationView;
  /** Resolves once the view holds this position. */
  readonly caughtUp: (position: Position) => Promise<void>;
  readonly presence: DeskPresence;
  readonly newId: (prefix: string) => string;
  readonly clock: () => Date;
  /** When people are there; `undefined` = nobody has said. */
  readonly hours: OpeningHours | undefined;
}

/**
 * Answers when nobody is at the desk: a question after an order from the order itself, anything else by saying that nobody
 * is there. Told twice of the same message it still answers once: the conversation itself knows that the shop has spoken.
 */
export function answerAutomatically(options: AnswerAutomaticallyOptions) {
  const { channel, keys, conversations, view, caughtUp, presence, newId, clock } = options;

  return async (recorded: Recorded): Promise<void> => {
    const event = recorded.event as typeof recorded.event & RecordedChatEvent;
    if (event.type !== 'chat.message-posted.v2' || event.data.from !== 'shopper' || presence.present()) return;
    await caughtUp(recorded.position);
    const { conversationId, seq, said, about } = event.data;
    const shopperId = view.shopperOf(conversationId) ?? '';
    const text = keys.open<Said>(said, shopperId)?.text ?? '';
    const ownerId = view.ownerOf(conversationId) ?? shopperId;
    const opens = opensInWords(options.hours, clock());
    const asked = orderAskedFor(text, about ?? view.conversation(conversationId, 'shopper')?.about);
    const answer = asked && (await whereIs(channel, asked, ownerId, afterOrderAnswer(opens)));
    await conversations.handle(
      {
        ...{ kind: 'answer-automatically', conversationId, toSeq: seq, messageId: newId('m'), opens },
        ...(answer && { answer }),
      },
      causeOf(recorded),
    );
  };
}

async function whereIs(
  channel: EventChannel,
  asked: { orderId: string } | 'all',
  shopperId: string,
  rest: string,
): Promise<string> {
  if (asked === 'all') return ordersAnswer(await askShopperOverview(channel, shopperId), rest);
  return orderAnswer(asked.orderId, await askOrderStatus(channel, asked.orderId, shopperId), rest);
}
