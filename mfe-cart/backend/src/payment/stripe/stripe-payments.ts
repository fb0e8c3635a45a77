import { Unavailable } from '@souk/service-kit';
import type { SoukApp } from '@souk/service-kit';
import Stripe from 'stripe';
import { CardRefused } from '../payment-provider.ts';
import type { Authorization, PaymentProvider } from '../payment-provider.ts';
import { askAgain, mayPass, StillProcessing } from './ask-again.ts';
import { newsOf, reasonOf } from './news.ts';
import { paymentBook } from './payment-book.ts';
import type { Payment } from './payment-book.ts';
import { webhookRoute } from './webhook.ts';

/** What Stripe and the shop know each other by. */
export interface StripeSecrets {
  /** `sk_…` */
  readonly secretKey: string;
  /** `whsec_…`, of the endpoint `/api/cart/stripe/webhook`. */
  readonly webhookSecret: string;
}

export interface StripeOptions extends StripeSecrets {
  /** The shop's own books about its payments. */
  readonly file: string;
  readonly clock?: () => Date;
  /** Waits before Stripe is asked again; the last one repeats. @default [200, 400, 800, 1600] milliseconds */
  readonly backoffMs?: readonly number[];
}

/** One request to Stripe; the shop asks again by itself, with the same idempotency key. Milliseconds. */
const REQUEST_MS = 10_000;
/** Clocks differ: intents are looked for from this long before we asked. Seconds. */
const CLOCK_SLACK_S = 300;

/**
 * Payments by Stripe: PaymentIntents with manual capture, one per key. Cards are PaymentMethods (`pm_…`) that Stripe's own
 * fields have made in the browser: no card number may come here. Each request has an idempotency key made from the
 * payment's key, so asking again after an unknown outcome is never a second payment.
 * @see https://docs.stripe.com/api/payment_intents
 */
export function stripePayments(options: StripeOptions): PaymentProvider & { addRoutes(app: SoukApp): void } {
  const { secretKey, webhookSecret, clock = () => new Date(), backoffMs = [200, 400, 800, 1600] } = options;
  const settings = { maxNetworkRetries: 0, timeout: REQUEST_MS, telemetry: false };
  const stripe = new Stripe(secretKey, settings);
  const book = paymentBook(options.file);
  const { until, wake } = askAgain(backoffMs);

  const provider: PaymentProvider = {
    async tokenize() {
      const message = 'This shop takes cards through Stripe alone. Never send a card number here.';
      throw new CardRefused('card-number-not-taken', 'cardNumber', message);
    },

    async describe(token, shopperId) {
      if (!/^pm_\w+$/.test(token)) return null;
      try {
        const { card } = await stripe.paymentMethods.retrieve(token);
        if (!card || book.ownerOf(token, shopperId) !== shopperId) return null;
        return { token, brand: card.brand, last4: card.last4 };
      } catch (error) {
        if (codeOf(error) === 'resource_missing') return null;
        if (mayPass(error))
          throw new Unavailable('unavailable', 'the payment provider does not answer', { cause: error });
        throw error;
      }
    },

    async authorize(request, signal) {
      book.ask(request, Math.floor(clock().getTime() / 1000));
      return until(request.key, signal, async () => {
        const known = answerOf(book.get(request.key)!);
        if (known !== undefined) return known;
        await learn(book.get(request.key)!);
        const answer = answerOf(book.get(request.key)!);
        if (answer === undefined) throw new StillProcessing(request.key);
        return answer;
      });
    },

    async capture(key, amountCents, signal) {
      return until(key, signal, async () => {
        const payment = book.get(key);
        if (payment?.state === 'captured') return true;
        if (payment?.state !== 'authorized' || payment.intentId === null || payment.isClosed) return false;
        const asked = { amount_to_capture: amountCents };
        try {
          await stripe.paymentIntents.capture(payment.intentId, asked, { idempotencyKey: `${key}.capture` });
          book.note(key, { state: 'captured' });
          return true;
        } catch (error) {
          if (mayPass(error)) throw error;
          // Captured after all, cancelled, or refused: the intent itself knows.
          const news = newsOf(await stripe.paymentIntents.retrieve(payment.intentId));
          if (news) book.note(key, news);
          return news?.state === 'captured';
        }
      });
    },

    async voidAuthorization(key, signal) {
      book.close(key);
      wake(key);
      return until(key, signal, async () => {
        const payment = book.get(key);
        if (payment === undefined || payment.state === 'declined' || payment.askedAt === 0) return true;
        const intent = await learn(payment);
        if (intent === undefined || intent.status === 'canceled') return true;
        if (intent.status === 'succeeded') return false;
        await stripe.paymentIntents.cancel(intent.id, {}, { idempotencyKey: `${key}.void` });
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
          await stripe.refunds.create(asked, { idempotencyKey: `${key}.refund` });
        } catch (error) {
          if (codeOf(error) !== 'charge_already_refunded') throw error;
        }
        book.note(key, { state: 'refunded' });
      });
    },

    forget: async (shopperId) => book.forget(shopperId),
    close: async () => book.end(),
  };

  return {
    ...provider,
    addRoutes: (app) => webhookRoute(app, { stripe, webhookSecret, book, clock, wake, giveBack }),
  };

  /** Has the amount held, or learns what came of it when that was asked before. */
  async function askFor(payment: Payment): Promise<Stripe.PaymentIntent | undefined> {
    const { key, token, amountCents, currency } = payment;
    try {
      const intent = await stripe.paymentIntents.create(
        {
          ...{ amount: amountCents, currency: currency.toLowerCase(), payment_method: token },
          ...{ payment_method_types: ['card'], capture_method: 'manual', confirm: true },
          // Nobody is there who could be asked for more: such a card counts as declined.
          ...{ error_on_requires_action: true, metadata: { souk_key: key } },
        },
        { idempotencyKey: `${key}.authorize` },
      );
      book.note(key, { state: 'asked', intentId: intent.id });
      return intent;
    } catch (error) {
      const isCard = error instanceof Stripe.errors.StripeCardError;
      if (isFault(error)) {
        const listed = await findListed(payment);
        // Closed: nothing is held, and should a lost question still arrive, its webhook gives back what it held.
        if (listed === undefined && payment.isClosed) return undefined;
        if (listed === undefined) throw error;
        book.note(key, { state: 'asked', intentId: listed.id });
        return listed;
      }
      if (!isCard && codeOf(error) !== 'resource_missing') throw error;
      const intentId = isCard ? error.payment_intent?.id : undefined;
      book.note(key, { state: 'declined', reason: reasonOf(error), ...(intentId && { intentId }) });
      return undefined;
    }
  }

  /**
   * The intent of a payment, and takes its news in. When none is known, asking once more with the same key is the only way
   * to be sure that an earlier question, which may still be on its way, brings no other one.
   */
  async function learn(payment: Payment): Promise<Stripe.PaymentIntent | undefined> {
    const { key, intentId } = payment;
    const intent = intentId === null ? await askFor(payment) : await stripe.paymentIntents.retrieve(intentId);
    const news = intent && newsOf(intent);
    if (news) book.note(key, news);
    return intent;
  }

  /** Stripe repeats to the same key also a 5xx, whatever it had done before it failed: then its list knows. */
  async function findListed({ key, askedAt }: Payment): Promise<Stripe.PaymentIntent | undefined> {
    const created = { gte: askedAt - CLOCK_SLACK_S };
    for await (const intent of stripe.paymentIntents.list({ created, limit: 100 }))
      if (intent.metadata['souk_key'] === key) return intent;
    return undefined;
  }

  /** Whatever is held or taken. */
  async function giveBack({ key, amountCents }: Payment, signal: AbortSignal): Promise<void> {
    if (!(await provider.voidAuthorization(key, signal))) await provider.refund(key, amountCents, signal);
  }
}

/** What is known of a payment, as an answer; `undefined` when Stripe has not said it yet. */
function answerOf({ state, reason, intentId, isClosed }: Payment): Authorization | undefined {
  if (isClosed || state === 'cancelled' || state === 'refunded') return declined('card-declined');
  if (state === 'declined') return declined(reason ?? 'card-declined');
  if (state === 'asked' || intentId === null) return undefined;
  return { type: 'authorized', authorizationId: intentId };
}

function declined(reason: 'card-declined' | 'insufficient-funds'): Authorization {
  return { type: 'declined', reason };
}

/** Of Stripe's: it may have done something or nothing. */
function isFault(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && (error.statusCode ?? 0) >= 500;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Stripe.errors.StripeError ? error.code : undefined;
}
