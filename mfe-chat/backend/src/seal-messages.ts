import type { KeyStore, Personal } from '@souk/service-kit';
import type { ChatEvent, RecordedChatEvent, RecordedMessage, Said, Words } from './domain/events.ts';

/**
 * An event as it goes into the log. What is said in a conversation is the shopper's, whoever speaks: the desk answers by
 * name. What the shop says by itself is nobody's.
 * @param shopperId whose conversation it is
 */
export function sealEvent(keys: KeyStore, shopperId: string, event: ChatEvent): RecordedChatEvent {
  switch (event.type) {
    case 'chat.message-posted.v2': {
      const { said, ...data } = event.data;
      if (said === undefined) throw new TypeError('what has been erased cannot be said again');
      const personal = data.from === 'shop' ? { plain: said } : keys.seal(shopperId, said);
      return { type: event.type, data: { ...data, said: personal } };
    }
    case 'chat.note-added.v1':
      return { type: event.type, data: { ...event.data, note: keys.seal(shopperId, event.data.note) } };
    case 'chat.conversation-transferred.v1': {
      const { why, ...data } = event.data;
      return { type: event.type, data: why ? { ...data, why: keys.seal(shopperId, why) } : data };
    }
    default:
      return event;
  }
}

/** An event as it can be read. */
export function openEvent(keys: KeyStore, shopperId: string, event: RecordedChatEvent): ChatEvent {
  switch (event.type) {
    case 'chat.message-posted.v2': {
      const { said, from } = event.data;
      return { type: event.type, data: { ...event.data, said: keys.open<Said>(said, ownerOf(from, shopperId)) } };
    }
    case 'chat.note-added.v1':
      return { type: event.type, data: { ...event.data, note: keys.open<Words>(event.data.note, shopperId) } };
    case 'chat.conversation-transferred.v1': {
      const { why } = event.data;
      return { type: event.type, data: { ...event.data, why: why && keys.open<Words>(why, shopperId) } };
    }
    default:
      return event;
  }
}

/** What was said, as a read model keeps it. */
export function keptSaid(keys: KeyStore, shopperId: string, { from, said }: RecordedMessage['data']): Personal<Said> {
  return keys.keep<Said>(said, ownerOf(from, shopperId));
}

/** Whose it is, where it was recorded in the clear. */
function ownerOf(from: RecordedMessage['data']['from'], shopperId: string): string | undefined {
  return from === 'shop' ? undefined : shopperId;
}
