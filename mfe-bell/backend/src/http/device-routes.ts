import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AddDevice, DeviceAnswer, PushKey } from '@souk/bell-api';
import { Forbidden, Invalid, NotFound, type KeyStore, type Projection, type SoukApp } from '@souk/service-kit';
import { Type } from 'typebox';
import type { BellLog } from '../bell-log.ts';
import type { NotificationView } from '../projections/notifications/notification-view.ts';
import type { TakeTurn } from './write-limit.ts';

/** What the routes stand on. */
export interface DeviceRoutesOptions {
  readonly bell: BellLog;
  readonly keys: KeyStore;
  readonly notifications: Projection;
  readonly view: NotificationView;
  readonly takeTurn: TakeTurn;
  /** As browsers want it to subscribe; a shop without one sends no messages. */
  readonly publicKey: string | undefined;
  readonly isPushService: (endpoint: URL) => boolean;
}

/** Browsers of one session: each that subscribes anew is another one, and the oldest has to go. */
const mostDevices = 5;

const Params = Type.Object({ deviceId: Type.String({ maxLength: 64 }) });

const worker = readFileSync(new URL('../../worker/worker.js', import.meta.url), 'utf8');

/** Browsers that get messages when no page of the shop is open, and the service worker that shows them. */
export function addDeviceRoutes(app: SoukApp, options: DeviceRoutesOptions): void {
  const { bell, keys, notifications, view, takeTurn, publicKey, isPushService } = options;

  app.get(
    '/api/bell/push-key',
    { schema: { summary: 'The shop’s public key, to subscribe with', response: { 200: PushKey } } },
    async (_request, reply) => {
      reply.header('cache-control', 'private, no-store');
      if (publicKey === undefined) throw new NotFound('no-push-key', 'This shop sends no messages.');
      return { publicKey };
    },
  );

  // Its scope is its own folder, where no page is: it can show messages, and never come between a page and the shop.
  app.get(
    '/api/bell/worker.js',
    { config: { public: true }, schema: { hide: true, summary: 'The service worker' } },
    async (_request, reply) => {
      reply.header('content-type', 'text/javascript; charset=utf-8');
      reply.header('cache-control', 'no-cache');
      reply.header('content-security-policy', "default-src 'none'; connect-src 'self'");
      return reply.send(worker);
    },
  );

  app.post(
    '/api/bell/devices',
    {
      schema: {
        summary: 'Send messages to this browser, too; the same browser is the same device',
        body: AddDevice,
        response: { 200: DeviceAnswer, 201: DeviceAnswer },
      },
    },
    async ({ session: { shopperId, roles }, body: { endpoint, keys: given }, cause }, reply) => {
      // A staff session ends by time and without a word; what hangs on it has to end with it.
      if (roles.includes('staff')) throw new Forbidden('not-for-staff', 'Messages are for shoppers.');
      const url = URL.parse(endpoint);
      if (!url || !isPushService(url)) throw new Invalid('unknown-push-service', 'This is no push service we know.');
      const deviceId = deviceIdOf(endpoint);
      const devices = view.devices(shopperId);
      const subscription = { endpoint, p256dh: given.p256dh, auth: given.auth };
      const known = devices.find((device) => device.deviceId === deviceId);
      if (known && isSame(keys, known.subscription, subscription)) return { deviceId };
      takeTurn(shopperId);
      const [oldest] = devices;
      if (!known && oldest && devices.length >= mostDevices) {
        await bell.note('bell.device-removed.v1', { shopperId, deviceId: oldest.deviceId, reason: 'asked' }, cause);
      }
      const sealed = keys.seal(shopperId, subscription);
      const data = { shopperId, deviceId, subscription: sealed };
      await notifications.waitFor(await bell.note('bell.device-added.v1', data, cause));
      return reply.code(201).send({ deviceId });
    },
  );

  app.get(
    '/api/bell/devices/:deviceId',
    {
      schema: { summary: 'Whether messages go to this browser', params: Params, response: { 200: DeviceAnswer } },
    },
    async ({ session: { shopperId }, params: { deviceId } }, reply) => {
      reply.header('cache-control', 'private, no-store');
      if (!view.devices(shopperId).some((device) => device.deviceId === deviceId))
        throw new NotFound('not-found', 'No messages go to this browser.');
      return { deviceId };
    },
  );

  app.delete(
    '/api/bell/devices/:deviceId',
    {
      schema: {
        summary: 'Send no more messages to this browser',
        params: Params,
        response: { 204: Type.Null() },
      },
    },
    async ({ session: { shopperId }, params: { deviceId }, cause }, reply) => {
      if (view.devices(shopperId).some((device) => device.deviceId === deviceId)) {
        const data = { shopperId, deviceId, reason: 'asked' } as const;
        await notifications.waitFor(await bell.note('bell.device-removed.v1', data, cause));
      }
      return reply.code(204).send(null);
    },
  );
}

function deviceIdOf(endpoint: string): string {
  return `d_${createHash('sha256').update(endpoint).digest('base64url').slice(0, 32)}`;
}

function isSame(keys: KeyStore, stored: string, given: object): boolean {
  return JSON.stringify(keys.open(JSON.parse(stored))) === JSON.stringify(given);
}
