import { subjectToken } from './subject-token.ts';

/** Subject of every event between backends. Ids are made by us and are tokens; a sku or slug may be any text. */
export const subjects = {
  product: (slug: string) => `catalog.product.${subjectToken(slug)}`,
  stock: (sku: string) => `catalog.stock.${subjectToken(sku)}`,
  reservation: (orderId: string) => `catalog.reservation.${orderId}`,
  cart: (cartId: string) => `cart.cart.${cartId}`,
  order: (orderId: string) => `cart.order.${orderId}`,
  conversation: (conversationId: string) => `chat.conversation.${conversationId}`,
  /** To the browsers of one shopper. */
  pushToShopper: (shopperId: string) => `push.shopper.${shopperId}`,
  /** To the browsers of all staff. */
  pushToStaff: () => 'push.staff',
  mfe: (name: string) => `shell.mfe.${name}`,
} as const;
