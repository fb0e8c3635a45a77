import type { EventChannel } from '@souk/event-channel';
import { snapshots, type Database, type KeyStore, type Personal, type Snapshots } from '@souk/service-kit';
import { evolve } from './domain/conversation.ts';
import { emptyConversation, type ConversationState, type KnownMessage } from './domain/state.ts';
import type { RecordedChatEvent } from './domain/events.ts';
import { openEvent } from './seal-messages.ts';

/** Raised with every change of what `evolve` keeps. */
const version = 3;

/** A conversation in a snapshot: what people said is sealed with the shopper's key there too. */
interface KeptConversation extends Omit<ConversationState, 'recent'> {
  readonly recent: readonly (Omit<KnownMessage, 'text'> & { readonly text?: Personal<string> })[];
}

/** Folds conversations from the log; they grow for as long as a shopper comes back, so it keeps snapshots. */
export function conversationFold(channel: EventChannel, db: Database, keys: KeyStore): Snapshots<ConversationState> {
  return snapshots<ConversationState>({
    ...{ name: 'conversation', channel, db, version, initial: emptyConversation },
    evolve(state, { event }) {
      const recorded = event as typeof event & RecordedChatEvent;
      const shopperId = recorded.type === 'chat.conversation-started.v1' ? recorded.data.shopperId : state.shopperId;
      return evolve(state, openEvent(keys, shopperId ?? '', recorded));
    },
    keep: ({ recent, ...state }): KeptConversation => ({
      ...state,
      recent: recent.map(({ text, ...message }) => {
        if (text === undefined) return message;
        return { ...message, text: message.from === 'shop' ? { plain: text } : keys.seal(state.shopperId ?? '', text) };
      }),
    }),
    restore(kept) {
      const { recent, ...state } = kept as KeptConversation;
      return {
        ...state,
        recent: recent.map(({ text, ...message }) => ({ ...message, text: text && keys.open<string>(text) })),
      };
    },
  });
}
