import type { Fact, Quantity } from './events.ts';
import type { OrderState } from './order.ts';

/** What a checkout knows: one card tried on one order. */
export interface CheckoutData {
  readonly orderId: string;
  /** Which card of the order, from 1. */
  readonly attempt: number;
  readonly cartId: string;
  readonly token: string;
  readonly amountCents: number;
  readonly currency: 'EUR';
  readonly lines: readonly Quantity[];
  /** Under which the provider holds the money, once it does. */
  readonly paymentKey?: string;
}

/** How long a checkout waits for an answer, and how often it asks. */
export interface CheckoutPatience {
  /** Without an answer in this time it asks again. Milliseconds. */
  readonly timeoutMs: number;
  /** Times it asks in all before it gives up. */
  readonly attempts: number;
  /** Waits before asking again; the last one repeats. Milliseconds. */
  readonly backoffMs: readonly number[];
}

/** While it waits for the shopper it looks this often by itself. */
const LOOKS = 15;

type Data<Type extends ReplyType> = Fact<Type>['data'];
type ReplyType =
  | 'cart.payment-authorized.v1'
  | 'cart.payment-action-required.v1'
  | 'cart.payment-declined.v1'
  | 'catalog.stock-rejected.v1';

/** Id of the saga that tries this card on this order. */
export function checkoutIdOf({ orderId, attempt }: Pick<CheckoutData, 'orderId' | 'attempt'>): string {
  return `${orderId}-${attempt}`;
}

/** Order and card of a saga's id; undefined for one of another kind. */
export function checkoutOf(sagaId: string): Pick<CheckoutData, 'orderId' | 'attempt'> | undefined {
  const [, orderId, attempt] = /^(.+)-(\d+)$/.exec(sagaId) ?? [];
  return orderId === undefined ? undefined : { orderId, attempt: Number(attempt) };
}

/**
 * Idempotency key of one card on one order, so that asking the provider twice charges once. A step that was undone and is
 * done again, because an operator resumed the checkout, has a key of its own: the first one is closed.
 * @param effectKey ends with the round from the second on: `….forward2`
 */
export function paymentKey(orderId: string, attempt: number, effectKey: string): string {
  const [, round = ''] = /[.](?:forward|compensate)(\d*)$/.exec(effectKey) ?? [];
  return `${orderId}#${attempt}${round === '' ? '' : `.${round}`}`;
}

/** Order and card of a payment's key; undefined for what is none. */
export function paymentOf(key: string): Pick<CheckoutData, 'orderId' | 'attempt'> | undefined {
  const [, orderId, attempt] = /^(.+)#(\d+)(?:[.]\d+)?$/.exec(key) ?? [];
  return orderId === undefined ? undefined : { orderId, attempt: Number(attempt) };
}

/** What the checkout of an order begins with. */
export function checkoutData(order: OrderState): CheckoutData {
  const { orderId, attempt, cartId, totalCents: amountCents, currency, payment } = order;
  const lines = order.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  return { orderId, attempt, cartId, token: payment.token, amountCents, currency, lines };
}

/**
 * The checkout: hold the money, set the goods aside, take the money, confirm the order; undone in reverse. What may have
 * happened without an answer is undone too: giving back asks the provider, who knows whether money was held or taken. From
 * the moment on that the money is taken there is only the way forward, so the last step is asked for until it is done: the
 * order is confirmed exactly when the money stays taken.
 */
export function checkoutSaga({ timeoutMs, attempts: maxAttempts, backoffMs }: CheckoutPatience): CheckoutDefinition {
  const patience = { timeoutMs, retry: { maxAttempts, backoffMs } };
  const untilDone = { timeoutMs, retry: { maxAttempts: Number.MAX_SAFE_INTEGER, backoffMs } };
  const unchanged = (data: CheckoutData) => data;
  return {
    name: 'checkout',
    version: 1,
    steps: [
      {
        name: 'authorize-payment',
        command: ({ orderId, attempt, token, amountCents, currency }: CheckoutData) =>
          request('cart.payment-authorization-requested.v1', { orderId, attempt, token, amountCents, currency }),
        succeeds: {
          'cart.payment-authorized.v1': (data: CheckoutData, { key }: Data<'cart.payment-authorized.v1'>) =>
            key === undefined ? data : { ...data, paymentKey: key },
        },
        fails: {
          'cart.payment-declined.v1': (_data: CheckoutData, { reason }: Data<'cart.payment-declined.v1'>) => ({
            reason,
          }),
        },
        ...patience,
        compensation: {
          command: ({ orderId, attempt, amountCents }: CheckoutData) =>
            request('cart.payment-void-requested.v1', { orderId, attempt, amountCents }),
          succeeds: { 'cart.payment-voided.v1': unchanged, 'cart.payment-refunded.v1': unchanged },
          ...patience,
        },
      },
      {
        name: 'reserve-stock',
        command: ({ orderId, lines }: CheckoutData) => request('cart.stock-requested.v1', { orderId, lines }),
        succeeds: { 'catalog.stock-reserved.v1': unchanged, 'catalog.stock-held.v1': unchanged },
        fails: {
          'catalog.stock-rejected.v1': (_data: CheckoutData, { shortages }: Data<'catalog.stock-rejected.v1'>) => ({
            reason: 'sold-out',
            details: { shortages },
          }),
        },
        ...patience,
        compensation: {
          command: ({ orderId }: CheckoutData) => request('cart.stock-release-requested.v1', { orderId }),
          succeeds: { 'catalog.stock-released.v1': unchanged, 'catalog.stock-not-held.v1': unchanged },
          ...patience,
        },
      },
      {
        name: 'capture-payment',
        command: ({ orderId, attempt, amountCents, currency, paymentKey = '' }: CheckoutData) =>
          request('cart.payment-capture-requested.v1', { orderId, attempt, key: paymentKey, amountCents, currency }),
        succeeds: { 'cart.payment-captured.v1': unchanged },
        fails: { 'cart.payment-capture-refused.v1': () => ({ reason: 'payment-failed' }) },
        ...patience,
      },
      {
        name: 'confirm-order',
        command: ({ orderId, attempt, cartId, lines }: CheckoutData) =>
          request('cart.order-confirmation-requested.v1', { orderId, attempt, cartId, lines }),
        succeeds: { 'cart.order-confirmed.v1': unchanged },
        fails: {},
        ...untilDone,
      },
    ],
  };
}

/**
 * The checkout where banks ask their card holders to confirm (3-D Secure): before goods are set aside it waits for the
 * shopper. The provider is asked now and then how that stands, should its news get lost; what is never confirmed is given up
 * like a declined card.
 * @param confirmWithinMs how long the shopper has
 */
export function checkoutSaga3ds(patience: CheckoutPatience, confirmWithinMs: number): CheckoutDefinition {
  const { steps } = checkoutSaga(patience);
  const [authorize, ...others] = steps as readonly [CheckoutFullStep, ...CheckoutFullStep[]];
  const withKey = (data: CheckoutData, { key }: Data<'cart.payment-action-required.v1'>) => ({
    ...data,
    paymentKey: key,
  });
  const confirm: CheckoutFullStep = {
    name: 'confirm-with-bank',
    command: ({ orderId, attempt, token, amountCents, currency, paymentKey: key = '' }: CheckoutData) =>
      request('cart.payment-authentication-requested.v1', { orderId, attempt, key, token, amountCents, currency }),
    succeeds: { 'cart.payment-authorized.v1': (data: CheckoutData) => data },
    fails: authorize.fails,
    timeoutMs: confirmWithinMs / LOOKS,
    retry: { maxAttempts: LOOKS, backoffMs: [] },
  };
  const succeeds = { ...authorize.succeeds, 'cart.payment-action-required.v1': withKey };
  return { name: 'checkout-3ds', version: 1, steps: [{ ...authorize, succeeds }, confirm, ...others] };
}

/** The definition as the saga runner of service-kit takes it; the domain knows no kit. */
export interface CheckoutDefinition {
  readonly name: 'checkout' | 'checkout-3ds';
  readonly version: number;
  readonly steps: readonly CheckoutFullStep[];
}

interface CheckoutFullStep extends CheckoutStep {
  readonly name: string;
  readonly fails: Readonly<Record<string, (data: CheckoutData, reply: never) => Refusal>>;
  readonly compensation?: CheckoutStep;
}

interface CheckoutStep {
  readonly command: (data: CheckoutData) => CheckoutRequest;
  readonly succeeds: Readonly<Record<string, (data: CheckoutData, reply: never) => CheckoutData>>;
  readonly timeoutMs: number;
  readonly retry: { readonly maxAttempts: number; readonly backoffMs: readonly number[] };
}

interface Refusal {
  readonly reason: string;
  readonly details?: unknown;
}

/** What a checkout asks for. */
export type CheckoutRequest = Fact<
  | 'cart.payment-authorization-requested.v1'
  | 'cart.payment-authentication-requested.v1'
  | 'cart.stock-requested.v1'
  | 'cart.payment-capture-requested.v1'
  | 'cart.order-confirmation-requested.v1'
  | 'cart.payment-void-requested.v1'
  | 'cart.stock-release-requested.v1'
>;

function request<Type extends CheckoutRequest['type']>(type: Type, data: Fact<Type>['data']): CheckoutRequest {
  return { type, data } as CheckoutRequest;
}
