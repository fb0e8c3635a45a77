import type { Presence } from '@souk/chat-api';
import type { EventChannel } from '@souk/event-channel';
import { subjects } from '@souk/shared-events/integration';
import { nextOpening, type OpeningHours } from './domain/opening-hours.ts';

/** Whether somebody is at the desk and, where hours are known and it is closed, when it opens. */
export function presenceOf(staffed: boolean, hours: OpeningHours | undefined, now: Date): Presence {
  const opensAt = staffed || !hours ? undefined : nextOpening(hours, now);
  return { staffed, ...(opensAt && { opensAt: opensAt.toISOString() }) };
}

/** Tells every browser that is here; who comes later asks. */
export function tellPresence(channel: EventChannel, presence: Presence): void {
  const data = { type: 'chat:presence-changed', detail: presence };
  channel.publish(subjects.pushNow(subjects.pushToEverybody()), { data });
}
