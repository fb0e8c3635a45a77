import type {
  AddLine,
  Card,
  Cart,
  CartProblem,
  CartResult,
  Checkout,
  Order,
  OrderList,
  OrderPlaced,
  PaymentToken,
} from '@souk/cart-api';

/** The cart's backend refused, or was not to be reached (`unreachable`). The message may be shown to the shopper. */
export class CartApiError extends Error {
  override readonly name = 'CartApiError';
  readonly code: string;
  /** The whole problem document, when there was one. */
  readonly problem: Partial<CartProblem>;
  constructor(code: string, message: string, problem: Partial<CartProblem> = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.problem = problem;
  }
}

/** A call that takes longer than this is given up, in milliseconds. */
const callDeadlineMs = 10_000;
/** Less than who asks for an addition waits for its reply, so that it hears from us how it went. */
const addDeadlineMs = 7000;

/** `GET /api/cart` */
export const getCart = (signal?: AbortSignal): Promise<Cart> => call('GET', '/cart', { signal });

/** Adds to what is in the cart; with the same key it is the same addition. */
export const addLine = (line: AddLine, key: string): Promise<CartResult> =>
  call('POST', '/cart/lines', { body: line, headers: { 'idempotency-key': key }, deadlineMs: addDeadlineMs });

/** Sets the quantity of a line; 0 removes it. */
export const setQuantity = (sku: string, quantity: number): Promise<CartResult> =>
  call('PUT', `/cart/lines/${encodeURIComponent(sku)}`, { body: { quantity } });

/** Trades a card for a token; the number goes nowhere else. */
export const tokenize = (card: Card): Promise<PaymentToken> => call('POST', '/cart/payment-tokens', { body: card });

/** Places the order; with the same key it is the same order. */
export const checkOut = (checkout: Checkout, key: string): Promise<OrderPlaced> =>
  call('POST', '/cart/checkout', { body: checkout, headers: { 'idempotency-key': key } });

/** Another card for the same order. */
export const payAgain = (orderId: string, paymentToken: string): Promise<OrderPlaced> =>
  call('POST', `/cart/orders/${encodeURIComponent(orderId)}/payment`, { body: { paymentToken } });

/** One order of this shopper. */
export const getOrder = (orderId: string, signal?: AbortSignal): Promise<Order> =>
  call('GET', `/cart/orders/${encodeURIComponent(orderId)}`, { signal });

/** This shopper's orders, newest first. */
export const getOrders = (signal?: AbortSignal): Promise<OrderList> => call('GET', '/cart/orders', { signal });

/** Names one attempt at a command. `crypto.randomUUID` is missing on plain http outside of localhost. */
export const newKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');

/** Whether the command may have been carried out nevertheless: asking again with the same key finds out. */
export const isOutcomeUnknown = (error: unknown): boolean =>
  !(error instanceof CartApiError) || ['unreachable', 'failed', 'still-running'].includes(error.code);

interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** @default 10000 milliseconds */
  readonly deadlineMs?: number;
}

/** @throws {CartApiError}, or the reason of `signal` when that aborts */
async function call<Answer>(
  method: string,
  path: string,
  { body, headers, signal, deadlineMs = callDeadlineMs }: CallOptions,
): Promise<Answer> {
  const init: RequestInit = { method, headers: { ...headers }, signal: withDeadline(signal, deadlineMs) };
  if (body !== undefined) {
    init.headers = { ...headers, 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  let status = 0;
  try {
    const response = await fetch(`/api${path}`, init);
    status = response.status;
    if (response.ok) return (await response.json()) as Answer;
    const problem = (await response.json()) as Partial<CartProblem>;
    throw new CartApiError(problem.code ?? 'failed', messageOf(problem, status), problem);
  } catch (cause) {
    if (cause instanceof CartApiError) throw cause;
    signal?.throwIfAborted();
    if (status >= 400) throw new CartApiError('failed', 'Something went wrong on our side.', {}, { cause });
    throw new CartApiError('unreachable', 'The shop cannot be reached. Check your connection.', {}, { cause });
  }
}

function withDeadline(signal: AbortSignal | undefined, deadlineMs: number): AbortSignal {
  const deadline = AbortSignal.timeout(deadlineMs);
  return signal ? AbortSignal.any([signal, deadline]) : deadline;
}

/** What the cart's own rules say is written for shoppers; what the framework says is not. */
function messageOf({ detail, code }: Partial<CartProblem>, status: number): string {
  if (code === 'still-running') return 'This is still under way. Please try again in a moment.';
  if (status >= 500 || code === 'invalid' || !detail) return 'That did not work. Please try again.';
  return detail;
}
