import type { Side } from '@souk/chat-api';
import type { EventChannel } from '@souk/event-channel';
import { subjects } from '@souk/shared-events/integration';

/** How long somebody counts as typing after they last said so, in milliseconds: twice what a browser says it in. */
const typingMs = 6000;

/** Who is typing where. */
export interface TypingSignal {
  readonly conversationId: string;
  /** Whose conversation it is. */
  readonly shopperId: string;
  readonly who: Side;
  readonly typing: boolean;
}

/** Tells the other side, and colleagues of the staff, for this moment only. */
export function tellTyping(channel: EventChannel, { shopperId, ...signal }: TypingSignal): void {
  const data = { type: 'chat:typing-changed', detail: { ...signal, untilMs: signal.typing ? typingMs : 0 } };
  channel.publish(subjects.pushNow(subjects.pushToStaff()), { data });
  if (signal.who === 'staff') channel.publish(subjects.pushNow(subjects.pushToShopper(shopperId)), { data });
}
