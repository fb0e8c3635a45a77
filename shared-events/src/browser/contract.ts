// The whole browser contract as data, for generators and tools. Not for bundles: it pulls in every schema.
import type { JsonSchema } from '../json-schema.ts';
import { BellChanged, bellChangedSchema } from './bell-changed.ts';
import { BellNotified, bellNotifiedSchema } from './bell-notified.ts';
import { BellWatchProduct, bellWatchProductSchema, bellWatchProductReplySchema } from './bell-watch-product.ts';
import { CartAddItem, cartAddItemSchema, cartAddItemReplySchema } from './cart-add-item.ts';
import { CartChanged, cartChangedSchema } from './cart-changed.ts';
import { CartOperationFinished, cartOperationFinishedSchema } from './cart-operation-finished.ts';
import { CartOrderChanged, cartOrderChangedSchema } from './cart-order-changed.ts';
import { CartSagaChanged, cartSagaChangedSchema } from './cart-saga-changed.ts';
import {
  CatalogDescribeProduct,
  catalogDescribeProductSchema,
  catalogDescribeProductReplySchema,
} from './catalog-describe-product.ts';
import { CatalogProductChanged, catalogProductChangedSchema } from './catalog-product-changed.ts';
import { CatalogProductViewed, catalogProductViewedSchema } from './catalog-product-viewed.ts';
import { ChatDeskChanged, chatDeskChangedSchema } from './chat-desk-changed.ts';
import { ChatMessageReceived, chatMessageReceivedSchema } from './chat-message-received.ts';
import { ChatOpen, chatOpenSchema, chatOpenReplySchema } from './chat-open.ts';
import { ChatUnreadChanged, chatUnreadChangedSchema } from './chat-unread-changed.ts';
import { ChatTypingChanged, chatTypingChangedSchema } from './chat-typing-changed.ts';
import { ChatPresenceChanged, chatPresenceChangedSchema } from './chat-presence-changed.ts';
import { ChatReceiptChanged, chatReceiptChangedSchema } from './chat-receipt-changed.ts';
import { ShellDeploymentAlarm, shellDeploymentAlarmSchema } from './shell-deployment-alarm.ts';
import { ShellDeploymentChanged, shellDeploymentChangedSchema } from './shell-deployment-changed.ts';
import { ShellLocaleChanged, shellLocaleChangedSchema } from './shell-locale-changed.ts';
import { ShellMfeFailed, shellMfeFailedSchema } from './shell-mfe-failed.ts';
import { ShellNavigate, shellNavigateSchema, shellNavigateReplySchema } from './shell-navigate.ts';
import { ShellNavigated, shellNavigatedSchema } from './shell-navigated.ts';
import { ShellPushReset, shellPushResetSchema } from './shell-push-reset.ts';
import type { Guard } from './runtime/shared-event.ts';

/** One event of the contract with its schemas. */
export interface ContractEntry {
  readonly event: ContractClass;
  /** Of the detail; of a request's payload. */
  readonly schema: JsonSchema;
  /** Only of a request. */
  readonly replySchema?: JsonSchema;
}

/** What every event class carries. */
export interface ContractClass {
  readonly name: string;
  readonly type: string;
  readonly kind: 'fact' | 'state' | 'request';
  readonly owner: string;
  readonly is: Guard;
  readonly isReply?: Guard;
}

/** Every event that may cross the page, by type. */
export const browserContract: readonly ContractEntry[] = [
  { event: BellChanged, schema: bellChangedSchema },
  { event: BellNotified, schema: bellNotifiedSchema },
  { event: BellWatchProduct, schema: bellWatchProductSchema, replySchema: bellWatchProductReplySchema },
  { event: CartAddItem, schema: cartAddItemSchema, replySchema: cartAddItemReplySchema },
  { event: CartChanged, schema: cartChangedSchema },
  { event: CartOperationFinished, schema: cartOperationFinishedSchema },
  { event: CartOrderChanged, schema: cartOrderChangedSchema },
  { event: CartSagaChanged, schema: cartSagaChangedSchema },
  {
    event: CatalogDescribeProduct,
    schema: catalogDescribeProductSchema,
    replySchema: catalogDescribeProductReplySchema,
  },
  { event: CatalogProductChanged, schema: catalogProductChangedSchema },
  { event: CatalogProductViewed, schema: catalogProductViewedSchema },
  { event: ChatDeskChanged, schema: chatDeskChangedSchema },
  { event: ChatMessageReceived, schema: chatMessageReceivedSchema },
  { event: ChatOpen, schema: chatOpenSchema, replySchema: chatOpenReplySchema },
  { event: ChatUnreadChanged, schema: chatUnreadChangedSchema },
  { event: ChatTypingChanged, schema: chatTypingChangedSchema },
  { event: ChatPresenceChanged, schema: chatPresenceChangedSchema },
  { event: ChatReceiptChanged, schema: chatReceiptChangedSchema },
  { event: ShellDeploymentAlarm, schema: shellDeploymentAlarmSchema },
  { event: ShellDeploymentChanged, schema: shellDeploymentChangedSchema },
  { event: ShellLocaleChanged, schema: shellLocaleChangedSchema },
  { event: ShellMfeFailed, schema: shellMfeFailedSchema },
  { event: ShellNavigate, schema: shellNavigateSchema, replySchema: shellNavigateReplySchema },
  { event: ShellNavigated, schema: shellNavigatedSchema },
  { event: ShellPushReset, schema: shellPushResetSchema },
];
