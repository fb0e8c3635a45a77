import { Unavailable } from '@souk/service-kit';
import type { Logger, SoukApp } from '@souk/service-kit';
import Stripe from 'stripe';
import { CardRefused } from '../payment-provider.ts';
import type { Authorization, DeclineReason, PaymentProvider } from '../payment-provider.ts';
import { askAgain, mayPass, StillProcessing } from './ask-again.ts';
import { newsOf } from './news.ts';
import { paymentBook } from './payment-book.ts';
import type { Payment } from './payment-book.ts';
import { isFault, openQuestions } from './questions.ts';
import { webhookRoute } from './webhook.ts';

/** What Stripe and the shop know each other by. */
export interface StripeSecrets {
  /** `sk_…` */
  readonly secretKey: string;
  /** `whsec_…`, of the endpoint `/api/cart/stripe/webhook`. */
  readonly webhookSecret: string;
  /** `pk_…`; every browser gets it. */
  readonly publishableKey: string;
}

export interface StripeOptions extends StripeSecrets {
  /** The shop's own books about its payments. */
  readonly file: string;
  readonly clock?: () => Date;
  /** Waits before Stripe is asked again; the last one repeats. @default [200, 400, 800, 1600] milliseconds */
  readonly backoffMs?: readonly number[];
  readonly log?: Pick<Logger, 'error'>;
}

/** One request to Stripe; the shop asks again by itself, with the same idempotency key. Milliseconds. */
const REQUEST_MS = 10_000;
/** Stripe's names of brands, as people write them. */
const BRANDS: Readonly<Record<string, string>> = { amex: 'American Express', visa: 'Visa', mastercard: 'Mastercard' };

/**
 * Payments by Stripe: PaymentIntents with manual capture, one per key. Cards are PaymentMethods (`pm_…`) that Stripe's own
 * fields have made in the browser: no card number may come here. Each request has an idempotency key made from the
 * payment's key, so asking again after an unknown outcome is never a second payment.
 * @see https://docs.stripe.com/api/payment_intents
 */
export function stripePayments(options: StripeOptions): PaymentProvider & { addRoutes(app: SoukApp): void } {
  const { secretKey, webhookSecret, publishableKey, clock = () => new Date(), log } = options;
  const settings = { maxNetworkRetries: 0, timeout: REQUEST_MS, telemetry: false };
  const stripe = new Stripe(secretKey, settings);
  const book = paymentBook(options.file);
  const { until, wake } = askAgain(options.backoffMs ?? [200, 400, 800, 1600]);
  const { learn, act } = openQuestions({ stripe, book, clock, log });
  let tellNews = (_key: string): void => undefined;

  const provider: PaymentProvider = {
    form: { kind: 'stripe', publishableKey },

    async tokenize() {
      const message = 'This shop takes cards through Stripe alone. Never send a card number here.';
      throw new CardRefused('card-number-not-taken', 'cardNumber', message);
    },

    async describe(token, shopperId) {
      if (!/^pm_\w+$/.test(token)) return null;
      try {
        const { card } = await stripe.paymentMethods.retrieve(token);
        if (!card || book.ownerOf(token, shopperId) !== shopperId) return null;
        return { token, brand: BRANDS[card.brand] ?? 'Card', last4: card.last4 };
      } catch (error) {
        if (codeOf(error) === 'resource_missing') return null;
        throw unavailable(error);
      }
    },

    async authorize(request, signal) {
      const { key } = request;
      book.ask(request, Math.floor(clock().getTime() / 1000));
      return until(key, signal, async () => {
        const known = answerOf(book.get(key)!);
        if (known !== undefined) return known;
        await learn(book.get(key)!);
        const payment = book.get(key)!;
        const answer = answerOf(payment);
        if (answer !== undefined) return answer;
        if (payment.state === 'action-required') return { type: 'action-required' };
        throw new StillProcessing(key);
      });
    },

    async capture(key, amountCents, signal) {
      return until(key, signal, async () => {
        const payment = book.get(key);
        if (payment?.state === 'captured') return true;
        const { intentId = null } = payment ?? {};
        if (payment?.state !== 'authorized' || intentId === null || payment.isClosed) return false;
        const asked = { amount_to_capture: amountCents };
        try {
          await act('capture', key, (each) => stripe.paymentIntents.capture(intentId, asked, each));
          book.note(key, { state: 'captured' });
          return true;
        } catch (error) {
          if (mayPass(error) && !isFault(error)) throw error;
          // Captured after all, cancelled, or refused: the intent itself knows.
          const news = newsOf(await stripe.paymentIntents.retrieve(intentId));
          if (news) book.note(key, news);
          if (isFault(error) && news?.state === 'authorized') throw error;
          return news?.state === 'captured';
        }
      });
    },

    async voidAuthorization(key, signal) {
      if (book.get(key)?.state === 'action-required') book.note(key, { state: 'declined', reason: 'not-confirmed' });
      book.close(key);
      wake(key);
      return until(key, signal, async () => {
        const { askedAt, state, intentId } = book.get(key)!;
        if (askedAt === 0 || (state === 'declined' && intentId === null)) return true;
        const intent = await learn(book.get(key)!);
        if (intent === undefined || intent.status === 'canceled') return true;
        if (intent.status === 'succeeded') return false;
        await act('void', key, (each) => stripe.paymentIntents.cancel(intent.id, {}, each));
        book.note(key, { state: 'cancelled', intentId: intent.id });
        return true;
      });
    },

    async refund(key, amountCents, signal) {
      await until(key, signal, async () => {
        const { intentId = null, state } = book.get(key) ?? {};
        if (state === 'refunded') return;
        if (intentId === null) throw new TypeError(`nothing was captured under ${key}`);
        const asked = { payment_intent: intentId, amount: amountCents };
        try {
          await act('refund', key, (each) => stripe.refunds.create(asked, each));
        } catch (error) {
          if (codeOf(error) !== 'charge_already_refunded') throw error;
        }
        book.note(key, { state: 'refunded' });
      });
    },

    confirmations: {
      async secretOf(key) {
        const { state, intentId = null, isClosed } = book.get(key) ?? {};
        if (state !== 'action-required' || intentId === null || isClosed) return null;
        try {
          const intent = await stripe.paymentIntents.retrieve(intentId);
          const news = newsOf(intent);
          if (news) book.note(key, news);
          return intent.status === 'requires_action' ? intent.client_secret : null;
        } catch (error) {
          throw unavailable(error);
        }
      },
      onNews(listener) {
        tellNews = listener;
      },
    },

    forget: async (shopperId) => book.forget(shopperId),
    close: async () => book.end(),
  };

  const heard = (key: string) => {
    wake(key);
    tellNews(key);
  };
  return {
    ...provider,
    addRoutes: (app) => webhookRoute(app, { stripe, webhookSecret, book, clock, wake: heard, giveBack }),
  };

  /** Whatever is held or taken. */
  async function giveBack({ key, amountCents }: Payment, signal: AbortSignal): Promise<void> {
    if (!(await provider.voidAuthorization(key, signal))) await provider.refund(key, amountCents, signal);
  }
}

/** What is known of a payment, as an answer; `undefined` when Stripe, or the shopper's bank, has not said it yet. */
function answerOf({ state, reason, intentId, isClosed }: Payment): Authorization | undefined {
  const isOver = state === 'declined' || state === 'cancelled' || state === 'refunded';
  if (isClosed || isOver) return declined(reason ?? 'card-declined');
  if (state === 'asked' || state === 'action-required' || intentId === null) return undefined;
  return { type: 'authorized', authorizationId: intentId };
}

function declined(reason: DeclineReason): Authorization {
  return { type: 'declined', reason };
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Stripe.errors.StripeError ? error.code : undefined;
}

/** For a caller who waits: what may pass is 503, the rest is as it is. */
function unavailable(error: unknown): unknown {
  if (!mayPass(error)) return error;
  return new Unavailable('unavailable', 'the payment provider does not answer', { cause: error });
}
