import { createHash } from 'node:crypto';
import type { EventChannel, Position, Recorded } from '@souk/event-channel';
import { cloudEvent, type Cause } from '@souk/service-kit';
import { subjects, type IntegrationData } from '@souk/shared-events/integration';
import type { Notice } from './domain/notices.ts';
import type { NotificationView } from './projections/notifications/notification-view.ts';

type BellType = Extract<keyof IntegrationData, `bell.${string}`>;

/** The write side: everything about a shopper's bell is one subject of the stream `bell`. */
export interface BellLog {
  /** Appends what has become so. @returns its position */
  note<Type extends BellType>(
    type: Type,
    data: IntegrationData[Type] & { shopperId: string },
    cause?: Cause | Recorded,
  ): Promise<Position>;
  /** Tells a shopper, or the customer whom they turned out to be, once for each event that calls for it, however often that is delivered. */
  tell(shopperId: string, notice: Notice, because: Recorded): Promise<Position>;
}

/** Opens it. */
export function bellLog(channel: EventChannel, clock: () => Date, ownerOf: NotificationView['ownerOf']): BellLog {
  return {
    async note(type, data, cause) {
      const event = cloudEvent({ type, source: '/bell', data, time: clock(), ...(cause ? { cause } : {}) });
      return (await channel.append(subjects.bell(data.shopperId), [event], { expect: 'any' })).position;
    },
    async tell(shopperId, notice, because) {
      const notificationId = idOf(because.event.id, shopperId, notice.key);
      const ownerId = ownerOf(shopperId);
      const data: IntegrationData['bell.notified.v1'] = { notificationId, shopperId: ownerId, ...notice };
      const event = cloudEvent({
        ...{ type: 'bell.notified.v1', source: '/bell', data, time: clock(), cause: because, id: notificationId },
      });
      const options = { expect: 'any', messageId: `/bell/${notificationId}` } as const;
      return (await channel.append(subjects.bell(ownerId), [event], options)).position;
    },
  };
}

/** The same for the same event, person and matter. */
function idOf(...parts: readonly string[]): string {
  return `n_${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32)}`;
}
