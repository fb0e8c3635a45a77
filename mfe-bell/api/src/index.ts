export {
  AddDevice,
  DeviceAnswer,
  Notification,
  NotificationPage,
  NotificationsQuery,
  Product,
  PushKey,
  ReadNotifications,
  Unread,
  WatchAnswer,
  WatchProduct,
  maxPageSize,
} from './schemas.ts';
