import Stripe from 'stripe';
import type { Logger } from '@souk/service-kit';
import { newsOf, reasonOf } from './news.ts';
import type { Payment, PaymentBook } from './payment-book.ts';

export interface QuestionsOptions {
  readonly stripe: Stripe;
  readonly book: PaymentBook;
  readonly clock: () => Date;
  readonly log: Pick<Logger, 'error'> | undefined;
}

/** What is asked of Stripe about a payment. Whatever comes of it is in the books before these resolve. */
export interface Questions {
  /**
   * The intent of a payment as it is now. When none is known, asking once more with the same key is the only way to be
   * sure that an earlier question, which may still be on its way, brings no other one. `undefined`: there is none.
   */
  learn(payment: Payment): Promise<Stripe.PaymentIntent | undefined>;
  /** Has something done about an intent, under an idempotency key of its own. */
  act<Answer>(what: Act, key: string, ask: (options: Stripe.RequestOptions) => Promise<Answer>): Promise<Answer>;
}

type Act = 'capture' | 'void' | 'refund';

/** Clocks differ: intents are looked for from this long before we asked. Seconds. */
const CLOCK_SLACK_S = 300;
/** Stripe may forget an idempotency key after a day. Less than that, in seconds. */
const KEY_LIVES_S = 20 * 3600;

export function openQuestions({ stripe, book, clock, log }: QuestionsOptions): Questions {
  /** How often Stripe failed at an act on a payment. */
  const faults = new Map<string, number>();

  return {
    async learn(payment) {
      const { key, intentId } = payment;
      const intent = intentId === null ? await askOrFind(payment) : await stripe.paymentIntents.retrieve(intentId);
      const news = intent && newsOf(intent);
      if (news) book.note(key, news);
      return intent;
    },
    async act(what, key, ask) {
      const name = `${key}.${what}`;
      const before = faults.get(name) ?? 0;
      try {
        // Stripe repeats a 5xx to its key for ever. Another key is safe here: nothing is captured, let go of or given back
        // as a whole a second time.
        return await ask({ idempotencyKey: before === 0 ? name : `${name}.${before + 1}` });
      } catch (error) {
        if (isFault(error)) faults.set(name, before + 1);
        throw error;
      }
    },
  };

  async function askOrFind(payment: Payment): Promise<Stripe.PaymentIntent | undefined> {
    // An old key is as good as a new one: nothing that was asked under it is on its way any more, but it may have been done.
    const isOld = clock().getTime() / 1000 - payment.askedAt > KEY_LIVES_S;
    const found = isOld ? await findListed(payment) : undefined;
    if (found !== undefined || (isOld && payment.isClosed)) return found;
    try {
      return await askFor(payment);
    } catch (error) {
      if (!isFault(error) && !(error instanceof Stripe.errors.StripeIdempotencyError)) throw error;
      const listed = await findListed(payment);
      // Closed: nothing is held, and should a lost question still arrive, its webhook gives back what it held.
      if (listed === undefined && !payment.isClosed) throw error;
      return listed;
    }
  }

  /** Has the amount held. `undefined`: that is refused, for good. */
  async function askFor({ key, token, amountCents, currency }: Payment): Promise<Stripe.PaymentIntent | undefined> {
    try {
      const intent = await stripe.paymentIntents.create(
        {
          ...{ amount: amountCents, currency: currency.toLowerCase(), payment_method: token },
          ...{ payment_method_types: ['card'], capture_method: 'manual', confirm: true },
          // What a bank asks its card holder, Stripe.js asks them on the order's page.
          ...{ use_stripe_sdk: true, metadata: { souk_key: key } },
        },
        { idempotencyKey: `${key}.authorize` },
      );
      book.note(key, { state: 'asked', intentId: intent.id });
      return intent;
    } catch (error) {
      const isCard = error instanceof Stripe.errors.StripeCardError;
      if (!isCard && !(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
      // It may be a fault of ours, and it will not get better by asking again.
      if (!isCard) log?.error({ err: error, key }, 'Stripe refused a payment as it was asked for');
      const intentId = isCard ? error.payment_intent?.id : undefined;
      book.note(key, { state: 'declined', reason: reasonOf(error), ...(intentId && { intentId }) });
      return undefined;
    }
  }

  /** Stripe repeats to the same key also a 5xx, whatever it had done before it failed: then its list knows. */
  async function findListed({ key, askedAt }: Payment): Promise<Stripe.PaymentIntent | undefined> {
    const created = { gte: askedAt - CLOCK_SLACK_S };
    for await (const intent of stripe.paymentIntents.list({ created, limit: 100 })) {
      if (intent.metadata['souk_key'] !== key) continue;
      book.note(key, { state: 'asked', intentId: intent.id });
      return intent;
    }
    return undefined;
  }
}

/** Of Stripe's: it may have done something or nothing. */
export function isFault(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && (error.statusCode ?? 0) >= 500;
}
