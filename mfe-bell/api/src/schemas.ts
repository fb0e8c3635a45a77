/**
 * The wire contract of the bell: what `/api/bell/…` takes and answers, as JSON Schema and as types of the same name.
 * Elements import it with `import type` only. Times are ISO 8601 UTC, money is integer cents.
 */
import { Type, type Static } from 'typebox';

/** Most notifications one page may hold. */
export const maxPageSize = 50;

const closed = { additionalProperties: false } as const;
const count = () => Type.Integer({ minimum: 0 });
const position = () => Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const id = () => Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9_.-]+$' });
const sku = () => Type.String({ minLength: 1, maxLength: 255 });

/** The number that every page shows. Of two, the one with the higher position of the stream `bell` is the newer. */
export const Unread = Type.Object({ unread: count(), position: position() }, closed);
export type Unread = Static<typeof Unread>;

/** One variant of a product as it is now. */
export const Product = Type.Object(
  {
    sku: Type.String(),
    slug: Type.String(),
    title: Type.String(),
    variant: Type.String({ description: 'Chosen options in words; empty when there is one variant' }),
    priceCents: count(),
    currency: Type.String(),
    available: count(),
  },
  closed,
);
export type Product = Static<typeof Product>;

/** One notification: what it says follows from `kind`. */
export const Notification = Type.Object(
  {
    notificationId: Type.String(),
    kind: Type.Union([Type.Literal('order'), Type.Literal('chat'), Type.Literal('restock'), Type.Literal('price')]),
    at: Type.String({ format: 'date-time' }),
    read: Type.Boolean(),
    position: position(),
    order: Type.Optional(Type.Object({ orderId: Type.String(), status: Type.String() }, closed)),
    product: Type.Optional(Product),
    fromCents: Type.Optional(count()),
    toCents: Type.Optional(count()),
  },
  closed,
);
export type Notification = Static<typeof Notification>;

/** Newest first; `before` is the position of the last one that is known. */
export const NotificationsQuery = Type.Object(
  {
    before: Type.Optional(position()),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: maxPageSize, default: 20 })),
  },
  closed,
);
export type NotificationsQuery = Static<typeof NotificationsQuery>;

/** GET /api/bell/notifications */
export const NotificationPage = Type.Object(
  { ...Unread.properties, notifications: Type.Array(Notification), hasMore: Type.Boolean() },
  closed,
);
export type NotificationPage = Static<typeof NotificationPage>;

/**
 * POST /api/bell/read: these; or all up to a position, so that what came meanwhile stays unread; or whatever there is about
 * what a page shows (an orderId, a conversationId, or the slug of a product).
 */
export const ReadNotifications = Type.Union([
  Type.Object({ notificationIds: Type.Array(id(), { minItems: 1, maxItems: maxPageSize }) }, closed),
  Type.Object({ upTo: position() }, closed),
  Type.Object({ about: Type.String({ minLength: 1, maxLength: 255 }) }, closed),
]);
export type ReadNotifications = Static<typeof ReadNotifications>;

/** POST /api/bell/watches: tell me when it is back, or do not any more. */
export const WatchProduct = Type.Object({ sku: sku(), wanted: Type.Boolean() }, closed);
export type WatchProduct = Static<typeof WatchProduct>;

/** `watching` is false as well when there is stock already. */
export const WatchAnswer = Type.Object({ watching: Type.Boolean() }, closed);
export type WatchAnswer = Static<typeof WatchAnswer>;

/** GET /api/bell/push-key: the shop's public key, as browsers want it to subscribe (RFC 8292). */
export const PushKey = Type.Object({ publicKey: Type.String() }, closed);
export type PushKey = Static<typeof PushKey>;

/** POST /api/bell/devices: what `PushSubscription.toJSON()` says. */
export const AddDevice = Type.Object({
  endpoint: Type.String({ minLength: 1, maxLength: 2048 }),
  keys: Type.Object({
    p256dh: Type.String({ pattern: '^[A-Za-z0-9_-]{86,88}=?$' }),
    auth: Type.String({ pattern: '^[A-Za-z0-9_-]{22}(==)?$' }),
  }),
});
export type AddDevice = Static<typeof AddDevice>;

/** The same browser gets the same id each time. */
export const DeviceAnswer = Type.Object({ deviceId: Type.String() }, closed);
export type DeviceAnswer = Static<typeof DeviceAnswer>;
