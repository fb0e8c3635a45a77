import type { IntegrationType } from './integration-event.ts';
import { subjectToken } from './subject-token.ts';

/** Subject of every event between backends. Ids are made by us and are tokens; a sku or slug may be any text. */
export const subjects = {
  product: (slug: string) => `catalog.product.${subjectToken(slug)}`,
  stock: (sku: string) => `catalog.stock.${subjectToken(sku)}`,
  reservation: (orderId: string) => `catalog.reservation.${orderId}`,
  cart: (cartId: string) => `cart.cart.${cartId}`,
  /** What a shopper asks of their cart, one after the other. */
  cartRequest: (cartId: string) => `cart.request.${cartId}`,
  order: (orderId: string) => `cart.order.${orderId}`,
  /** One checkout of an order: its own events, and what it asks for. */
  saga: (sagaId: string) => `cart.saga.${sagaId}`,
  conversation: (conversationId: string) => `chat.conversation.${conversationId}`,
  /** What is new for a shopper, and what became of it. */
  bell: (shopperId: string) => `bell.shopper.${shopperId}`,
  /** One of the staff. */
  staffMember: (staffId: string) => `chat.staff.${staffId}`,
  /** The replies that the staff keep ready, all of them. */
  cannedReplies: () => 'chat.canned-replies',
  /** To the browsers of one shopper. */
  pushToShopper: (shopperId: string) => `push.shopper.${shopperId}`,
  /** To the browsers of all sessions that have joined this customer. */
  pushToCustomer: (customerId: string) => `push.customer.${customerId}`,
  /** To the browsers of all sessions that have joined this conversation. */
  pushToConversation: (conversationId: string) => `push.conversation.${conversationId}`,
  /** To every browser that has a page of the shop open: for what anybody may know. */
  pushToEverybody: () => 'push.everyone',
  /** To the browsers of all staff. */
  pushToStaff: () => 'push.staff',
  /** To the same browsers, for this moment only: published, and kept by nobody. */
  pushNow: (subject: string) => subject.replace(/^push\./, 'push-now.'),
  /** What the browsers of a session hear beside what is their own. */
  pushMembership: (shopperId: string) => `push.membership.${shopperId}`,
  pushEpoch: () => 'push.epoch',
  /** Who has an account: their passkeys, what is to be remembered, and which guests they were. */
  account: (holderId: string) => `account.customer.${holderId}`,
  /** What staff ask about a person. */
  person: (personId: string) => `shell.person.${personId}`,
  /** What one owner says about a person. */
  personOf: (owner: string, personId: string) => `${owner}.person.${personId}`,
  /** A browser session, by its public name. */
  session: (sessionId: string) => `shell.session.${sessionId}`,
  mfe: (name: string) => `shell.mfe.${name}`,
  deployToken: (id: string) => `shell.deploy-token.${id}`,
} as const;

/** Which types stand on which kind of subject, as addresses with `{parameters}`. Each type stands on one kind, except
 * what is pushed. For documents and tools. */
export const subjectTypes = {
  'catalog.product.{slug}': ['catalog.product-published.v1'],
  'catalog.stock.{sku}': ['catalog.stock-counted.v1'],
  'catalog.reservation.{orderId}': [
    'catalog.stock-reserved.v1',
    'catalog.stock-rejected.v1',
    'catalog.stock-held.v1',
    'catalog.stock-released.v1',
    'catalog.stock-not-held.v1',
  ],
  'cart.cart.{cartId}': ['cart.item-quantity-set.v1', 'cart.checked-out.v1', 'cart.handed-over.v1', 'cart.taken-in.v1'],
  'cart.request.{cartId}': [
    'cart.change-requested.v1',
    'cart.checkout-requested.v2',
    'cart.other-card-requested.v2',
    'cart.request-refused.v1',
  ],
  'cart.order.{orderId}': [
    'cart.order-placed.v2',
    'cart.payment-changed.v2',
    'cart.payment-authorized.v1',
    'cart.payment-action-required.v1',
    'cart.payment-declined.v1',
    'cart.payment-unanswered.v1',
    'cart.payment-captured.v1',
    'cart.payment-capture-refused.v1',
    'cart.payment-voided.v1',
    'cart.payment-refunded.v1',
    'cart.order-confirmed.v1',
    'cart.order-rejected.v1',
  ],
  'cart.saga.{sagaId}': [
    'cart.payment-authorization-requested.v1',
    'cart.payment-authentication-requested.v1',
    'cart.stock-requested.v1',
    'cart.payment-capture-requested.v1',
    'cart.order-confirmation-requested.v1',
    'cart.payment-void-requested.v1',
    'cart.stock-release-requested.v1',
    'cart.saga-started.v1',
    'cart.saga-step-started.v1',
    'cart.saga-step-succeeded.v1',
    'cart.saga-step-failed.v1',
    'cart.saga-step-timed-out.v1',
    'cart.saga-compensating.v1',
    'cart.saga-parked.v1',
    'cart.saga-operator-acted.v1',
    'cart.saga-ended.v1',
  ],
  'chat.conversation.{conversationId}': [
    'chat.conversation-started.v1',
    'chat.message-posted.v2',
    'chat.conversation-delivered.v1',
    'chat.conversation-read.v1',
    'chat.conversation-claimed.v1',
    'chat.conversation-transferred.v1',
    'chat.conversation-closed.v1',
    'chat.conversation-reopened.v1',
    'chat.note-added.v1',
  ],
  'bell.shopper.{shopperId}': [
    'bell.notified.v1',
    'bell.notifications-read.v1',
    'bell.notification-dismissed.v1',
    'bell.notification-restored.v1',
    'bell.product-watched.v1',
    'bell.product-unwatched.v1',
    'bell.device-added.v1',
    'bell.device-removed.v1',
  ],
  'push.everyone': ['shell.browser-event.v1'],
  'chat.staff.{staffId}': ['chat.staff-named.v1'],
  'chat.canned-replies': ['chat.canned-reply-saved.v1', 'chat.canned-reply-removed.v1'],
  'push.shopper.{shopperId}': ['shell.browser-event.v1'],
  'push.customer.{customerId}': ['shell.browser-event.v1'],
  'push.conversation.{conversationId}': ['shell.browser-event.v1'],
  'push.staff': ['shell.browser-event.v1'],
  'push.membership.{shopperId}': ['shell.audience-joined.v1', 'shell.audience-left.v1'],
  'push.epoch': ['shell.push-epoch-began.v1'],
  'shell.person.{personId}': ['shell.person-erasure-requested.v1'],
  'shell.session.{sessionId}': ['shell.session-ended.v1'],
  'account.customer.{customerId}': [
    'account.signed-in.v1',
    'account.passkey-added.v1',
    'account.passkey-renamed.v1',
    'account.passkey-used.v1',
    'account.passkey-removed.v1',
    'account.details-changed.v1',
  ],
  'account.person.{personId}': ['account.person-erased.v1'],
  'bell.person.{personId}': ['bell.person-erased.v1'],
  'cart.person.{personId}': ['cart.person-erased.v1'],
  'chat.person.{personId}': ['chat.person-erased.v1'],
  'shell.mfe.{name}': [
    'shell.mfe-published.v1',
    'shell.mfe-canary-changed.v1',
    'shell.mfe-promoted.v1',
    'shell.mfe-rolled-back.v1',
    'shell.mfe-blocked.v1',
    'shell.mfe-damaged.v1',
    'shell.mfe-refused.v1',
  ],
  'shell.deploy-token.{id}': ['shell.deploy-token-created.v1', 'shell.deploy-token-revoked.v1'],
} as const satisfies Record<string, readonly IntegrationType[]>;
