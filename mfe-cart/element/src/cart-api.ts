import type {
  AddLine,
  Authentication,
  Card,
  Cart,
  CartProblem,
  CartResult,
  Checkout,
  Order,
  OrderList,
  OrderPlaced,
  PaymentForm,
  PaymentToken,
} from '@souk/cart-api';
import { CartOperationFinished, listen, localeNow } from '@souk/shared-events/browser';
import { miniWords } from './mini-words.ts';

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
/** An order that the shop has accepted is worth waiting for, in milliseconds. */
const patienceMs = 120_000;

/** `GET /api/cart` */
export const getCart = (signal?: AbortSignal): Promise<Cart> => call('GET', '/cart', { signal });

/** Adds to what is in the cart; with the same key it is the same addition. */
export const addLine = (line: AddLine, key: string): Promise<CartResult> =>
  call('POST', '/cart/lines', { body: line, headers: { 'idempotency-key': key }, deadlineMs: addDeadlineMs });

/** Sets the quantity of a line; 0 removes it. */
export const setQuantity = (sku: string, quantity: number): Promise<CartResult> =>
  call('PUT', `/cart/lines/${encodeURIComponent(sku)}`, { body: { quantity } });

/** How a card is asked for. */
export const getPaymentForm = (signal?: AbortSignal): Promise<PaymentForm> =>
  call('GET', '/cart/payment-form', { signal });

/** Trades a card for a token; the number goes nowhere else. */
export const tokenize = (card: Card): Promise<PaymentToken> => call('POST', '/cart/payment-tokens', { body: card });

/**
 * Places the order; with the same key it is the same order.
 * @param accepted the shop has the order and will do it, but takes longer than usual
 */
export const checkOut = (checkout: Checkout, key: string, accepted?: () => void): Promise<OrderPlaced> => {
  const headers = { 'idempotency-key': key };
  return call('POST', '/cart/checkout', { body: checkout, headers, resultWithinMs: patienceMs, accepted });
};

/** Another card for the same order. */
export const payAgain = (orderId: string, paymentToken: string): Promise<OrderPlaced> => {
  const path = `/cart/orders/${encodeURIComponent(orderId)}/payment`;
  return call('POST', path, { body: { paymentToken }, resultWithinMs: patienceMs });
};

/** What this shopper confirms a payment with at their bank; has the shop look how it stands. */
export const authenticate = (orderId: string): Promise<Authentication> =>
  call('POST', `/cart/orders/${encodeURIComponent(orderId)}/authentication`, {});

/** This shopper will not confirm the payment: the order takes another card. */
export const giveUpAuthentication = (orderId: string): Promise<null> =>
  call('DELETE', `/cart/orders/${encodeURIComponent(orderId)}/authentication`, {});

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
  /** How long the result of what was only accepted is waited for. @default until the deadline of the call */
  readonly resultWithinMs?: number;
  readonly accepted?: (() => void) | undefined;
}

/** @throws {CartApiError}, or the reason of `signal` when that aborts */
async function call<Answer>(
  method: string,
  path: string,
  { body, headers, signal, deadlineMs = callDeadlineMs, resultWithinMs, accepted }: CallOptions,
): Promise<Answer> {
  const deadline = withDeadline(signal, deadlineMs);
  const init: RequestInit = { method, headers: { ...headers }, signal: deadline };
  if (body !== undefined) {
    init.headers = { ...headers, 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  let status = 0;
  try {
    const response = await fetch(`/api${path}`, init);
    status = response.status;
    const operation = response.headers.get('location') ?? '';
    if (status === 204) return null as Answer;
    if (response.ok && status !== 202) return (await response.json()) as Answer;
    const problem = status === 202 ? { operation } : ((await response.json()) as Partial<CartProblem>);
    // Accepted, or asked for before and not done yet: the result will stand there.
    if (problem.operation === undefined) throw await refusal(problem, status);
    accepted?.();
    return await resultOf<Answer>(problem.operation, resultWithinMs ? withDeadline(signal, resultWithinMs) : deadline);
  } catch (cause) {
    if (cause instanceof CartApiError) throw cause;
    signal?.throwIfAborted();
    if (status >= 400) throw new CartApiError('failed', miniWords().ourFault, {}, { cause });
    throw new CartApiError('unreachable', miniWords().unreachable, {}, { cause });
  }
}

/** How often an operation is looked at when no push tells of it, in milliseconds. */
const lookAgainMs = 1000;

interface Operation {
  readonly status: 'pending' | 'succeeded' | 'failed';
  readonly result?: unknown;
  readonly problem?: Partial<CartProblem> & { readonly status: number };
}

/** The result of an operation; looked for when a push says that it is there, and now and then. */
async function resultOf<Answer>(path: string, signal: AbortSignal): Promise<Answer> {
  for (;;) {
    await finished(path, signal);
    if (signal.aborted) throw await refusal({ code: 'still-running' }, 202);
    const response = await fetch(path, { signal });
    const { status, result, problem } = (await response.json()) as Operation;
    if (status === 'succeeded') return result as Answer;
    if (problem) throw await refusal(problem, problem.status);
  }
}

function finished(path: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const heard = new AbortController();
    const end = () => {
      clearTimeout(timer);
      heard.abort();
      resolve();
    };
    const timer = setTimeout(end, lookAgainMs);
    signal.addEventListener('abort', end, { signal: heard.signal });
    listen(CartOperationFinished, ({ operationId }) => path.endsWith(`/${operationId}`) && end(), heard);
  });
}

async function refusal(problem: Partial<CartProblem>, status: number): Promise<CartApiError> {
  return new CartApiError(problem.code ?? 'failed', await messageOf(problem, status), problem);
}

function withDeadline(signal: AbortSignal | undefined, deadlineMs: number): AbortSignal {
  const deadline = AbortSignal.timeout(deadlineMs);
  return signal ? AbortSignal.any([signal, deadline]) : deadline;
}

/** What the cart's own rules say is written for shoppers, in English; what the framework says is not. */
async function messageOf({ detail, code = '' }: Partial<CartProblem>, status: number): Promise<string> {
  const { didNotWork, stillRunning } = miniWords();
  if (code === 'still-running') return stillRunning;
  if (status >= 500 || code === 'invalid' || !detail) return didNotWork;
  if (localeNow().locale === 'en') return detail;
  // The words come when there is a refusal to tell: the mini cart is on every page, and does without them.
  const { words } = await import('./words/index.ts').catch(() => ({ words: undefined }));
  return (words?.().problems as Readonly<Record<string, string>> | undefined)?.[code] ?? didNotWork;
}
