// The browser contract: what micro frontends and the shell say to each other on the page.
export { BellChanged, type BellChangedDetail } from './bell-changed.ts';
export { BellNotified, type BellNotifiedDetail } from './bell-notified.ts';
export { BellWatchProduct, type BellWatchProductPayload, type BellWatchProductReply } from './bell-watch-product.ts';
export { CartAddItem, type CartAddItemPayload, type CartAddItemReply } from './cart-add-item.ts';
export { CartChanged, type CartChangedDetail } from './cart-changed.ts';
export { CartOperationFinished, type CartOperationFinishedDetail } from './cart-operation-finished.ts';
export { CartOrderChanged, type CartOrderChangedDetail } from './cart-order-changed.ts';
export { CartSagaChanged, type CartSagaChangedDetail } from './cart-saga-changed.ts';
export {
  CatalogDescribeProduct,
  type CatalogDescribeProductPayload,
  type CatalogDescribeProductReply,
} from './catalog-describe-product.ts';
export { CatalogProductChanged, type CatalogProductChangedDetail } from './catalog-product-changed.ts';
export { CatalogProductViewed, type CatalogProductViewedDetail } from './catalog-product-viewed.ts';
export { ChatDeskChanged, type ChatDeskChangedDetail } from './chat-desk-changed.ts';
export { ChatMessageReceived, type ChatMessageReceivedDetail } from './chat-message-received.ts';
export { ChatOpen, type ChatOpenPayload, type ChatOpenReply } from './chat-open.ts';
export { ChatUnreadChanged, type ChatUnreadChangedDetail } from './chat-unread-changed.ts';
export { ChatTypingChanged, type ChatTypingChangedDetail } from './chat-typing-changed.ts';
export { ChatPresenceChanged, type ChatPresenceChangedDetail } from './chat-presence-changed.ts';
export { ChatReceiptChanged, type ChatReceiptChangedDetail } from './chat-receipt-changed.ts';
export { ShellDeploymentAlarm, type ShellDeploymentAlarmDetail } from './shell-deployment-alarm.ts';
export { ShellDeploymentChanged, type ShellDeploymentChangedDetail } from './shell-deployment-changed.ts';
export { ShellLocaleChanged, type ShellLocaleChangedDetail } from './shell-locale-changed.ts';
export { ShellMfeFailed, type ShellMfeFailedDetail } from './shell-mfe-failed.ts';
export { ShellNavigate, type ShellNavigatePayload, type ShellNavigateReply } from './shell-navigate.ts';
export { ShellNavigated, type ShellNavigatedDetail } from './shell-navigated.ts';
export { ShellPushReset, type ShellPushResetDetail } from './shell-push-reset.ts';

export { date, exactMoney, intlTag, money, number, pluralOf, relative, type PluralForms } from './locale/format.ts';
export { loadWords, type Words } from './locale/load-words.ts';
export { english, inLocale, localeNow, type Language, type Locale } from './locale/locale-now.ts';

export { answer } from './runtime/answer.ts';
export { ask, type AskOptions } from './runtime/ask.ts';
export { eventDropped, type EventDropped } from './runtime/drop.ts';
export { emit } from './runtime/emit.ts';
export { listen, type ListenOptions } from './runtime/listen.ts';
export { droppedEvents, retainedStates, waitingRequests, type WaitingRequest } from './runtime/registries.ts';
export { relay } from './runtime/relay.ts';
export { RequestFailed } from './runtime/request-failed.ts';
export {
  RequestEvent,
  SharedEvent,
  type RequestDetail,
  type RequestEventClass,
  type SharedEventClass,
} from './runtime/shared-event.ts';
export { onWaiting, refuse, requestWaiting } from './runtime/untaken.ts';
