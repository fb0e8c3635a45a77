import type { EventChannel } from '@souk/event-channel';
import { cloudEvent } from '@souk/service-kit';
import { subjects } from '@souk/shared-events/integration';
import type { PushHub } from '../push/push-hub.ts';
import type { Visitor } from './visitors.ts';

/** Ends whatever hangs on a session that is over; `next` is who the browser is now. */
export type SessionEnder = (ended: Visitor, next: Visitor) => Promise<void>;

/**
 * Ends the streams of a session, and tells the log that it is over: elsewhere more may hang on it, such as messages to a closed
 * browser, by whose they are. Of staff who sign in nothing ends: they go on with what the guest had.
 */
export const sessionEnder =
  (channel: EventChannel, hub: PushHub): SessionEnder =>
  async ({ id, sessionId, session: { shopperId } }, next) => {
    hub.endSession(sessionId);
    if (id.kind === 'guest' && next.id.kind === 'staff') return;
    const isOut = next.id.kind === 'guest';
    for (const each of new Set([sessionId, ...(isOut ? [shopperId] : [])])) await appendEnd(channel, each);
  };

/** Says that a session is over, whoever ended it. */
export const appendEnd = async (channel: EventChannel, sessionId: string): Promise<void> => {
  const event = cloudEvent({ type: 'shell.session-ended.v1', source: '/shell', data: { sessionId } });
  await channel.append(subjects.session(sessionId), [event], { expect: 'any' });
};
