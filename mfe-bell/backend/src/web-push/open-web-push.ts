import type { EventChannel } from '@souk/event-channel';
import { reactor } from '@souk/service-kit';
import type { Closable, Database, KeyStore, Logger, Personal, Projection, Reactor } from '@souk/service-kit';
import type { IntegrationData } from '@souk/shared-events/integration';
import type { BellLog } from '../bell-log.ts';
import type { NotificationView } from '../projections/notifications/notification-view.ts';
import type { Subscription } from './encrypt.ts';
import { outbox, type Delivery } from './outbox.ts';
import { pushMessage } from './push-message.ts';
import { sendPush } from './send.ts';
import type { VapidKeys } from './vapid.ts';

/** What Web Push stands on. */
export interface WebPushOptions {
  readonly channel: EventChannel;
  readonly db: Database;
  readonly keys: KeyStore;
  readonly log: Logger;
  readonly clock: () => Date;
  readonly bell: BellLog;
  readonly notifications: Projection;
  readonly view: NotificationView;
  readonly vapid: VapidKeys;
  readonly contact: string;
  readonly isPushService: (endpoint: URL) => boolean;
  /** A page that shows the thing by itself says so within this time, and then nothing is sent. Milliseconds. */
  readonly pagesFirstMs: number;
}

/** Messages to browsers in which no page of the shop is open. */
export interface WebPush extends Closable {
  readonly reactors: readonly Reactor[];
}

/** Messages that are sent at one time. */
const atOnce = 10;
/** Waits after attempt 1, 2, … when the service does not say how long; the last one repeats. Milliseconds. */
const waitsMs = [2_000, 10_000, 60_000, 600_000, 3_600_000];

/**
 * Sends each notification to the shopper's browsers. What waits is kept over restarts; it is sent at least once, and the
 * topic makes of two about the same one. A browser that is gone, or whose session has ended, is forgotten.
 */
export function openWebPush(options: WebPushOptions): WebPush {
  const { channel, db, keys, log, clock, bell, notifications, view, vapid, contact, isPushService, pagesFirstMs } =
    options;
  const waiting = outbox(db);
  const closing = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending: Promise<void> | undefined;

  const plan = (): void => {
    clearTimeout(timer);
    const dueMs = closing.signal.aborted ? undefined : waiting.nextDueMs();
    if (dueMs === undefined) return;
    const waitMs = Math.min(Math.max(0, dueMs - clock().getTime()), 3_600_000);
    timer = setTimeout(() => void (sending ??= sendDue().finally(() => ((sending = undefined), plan()))), waitMs);
  };

  const sendDue = async (): Promise<void> => {
    const due = waiting.due(clock().getTime(), atOnce);
    await Promise.all(due.map((delivery) => sendOne(delivery).catch((err: unknown) => failed(delivery, err))));
  };
  const failed = (delivery: Delivery, err: unknown): void => {
    log.error({ err, deviceId: delivery.deviceId }, 'a push message could not be sent');
    if (!closing.signal.aborted) postpone(delivery, undefined);
  };

  const sendOne = async (delivery: Delivery): Promise<void> => {
    const { deviceId, notificationId, expiresMs } = delivery;
    const addressee = waiting.addressee(deviceId);
    const told = addressee && view.find(addressee.shopperId, { id: notificationId });
    const subscription = addressee && keys.open(JSON.parse(addressee.subscription) as Personal<Subscription>);
    const message = told && !told.read && !told.dismissed ? pushMessage(told) : undefined;
    const nowMs = clock().getTime();
    const isWanted = message && subscription && nowMs < expiresMs && isPushService(new URL(subscription.endpoint));
    if (!isWanted) return waiting.drop(delivery);
    const outcome = await sendPush({ keys: vapid, contact }, subscription, message, { nowMs, signal: closing.signal });
    // What is cut by closing is sent after the next start.
    if (closing.signal.aborted) return;
    if (outcome.kind === 'later') {
      log.warn({ deviceId, reason: outcome.reason }, 'a push message has to wait');
      return postpone(delivery, outcome.retryAfterMs);
    }
    if (outcome.kind === 'refused') log.error({ deviceId, reason: outcome.reason }, 'a push message was refused');
    if (outcome.kind === 'gone') {
      await bell.note('bell.device-removed.v1', { shopperId: addressee.shopperId, deviceId, reason: 'gone' });
    }
    waiting.drop(delivery);
  };
  const postpone = (delivery: Delivery, retryAfterMs: number | undefined): void => {
    const ownMs = waitsMs[Math.min(delivery.attempts, waitsMs.length - 1)]!;
    const dueMs = clock().getTime() + Math.max(retryAfterMs ?? ownMs, 1000);
    if (dueMs >= delivery.expiresMs) return waiting.drop(delivery);
    waiting.postpone(delivery, dueMs);
  };

  const putting = reactor({
    ...{ name: 'bell-web-push', channel, db, log, stream: 'bell', types: ['bell.notified.v1'] },
    async handle({ position, event: { data, time } }) {
      const { shopperId, notificationId } = data as IntegrationData['bell.notified.v1'];
      await notifications.waitFor(position, { timeoutMs: 10_000 });
      const told = view.find(shopperId, { id: notificationId });
      const message = told && pushMessage(told);
      const devices = message ? view.devices(shopperId) : [];
      if (!message || devices.length === 0) return undefined;
      const toldMs = Date.parse(time);
      const times = { dueMs: toldMs + pagesFirstMs, expiresMs: toldMs + message.ttlSeconds * 1000 };
      return (into) => {
        for (const { deviceId } of devices) waiting.put(into, deviceId, message.topic, notificationId, times);
        setImmediate(plan);
      };
    },
  });

  const ending = reactor({
    ...{ name: 'bell-sessions', channel, db, log, stream: 'shell', types: ['shell.session-ended.v1'] },
    async handle(recorded) {
      const { sessionId: shopperId } = recorded.event.data as IntegrationData['shell.session-ended.v1'];
      await notifications.waitFor(await channel.lastPosition('bell'), { timeoutMs: 10_000 });
      for (const { deviceId } of view.devices(shopperId))
        await bell.note('bell.device-removed.v1', { shopperId, deviceId, reason: 'session-ended' }, recorded);
    },
  });

  plan();
  return {
    reactors: [putting, ending],
    async close() {
      closing.abort();
      clearTimeout(timer);
      await sending;
    },
  };
}
