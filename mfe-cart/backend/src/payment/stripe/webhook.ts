import { Invalid } from '@souk/service-kit';
import type { SoukApp } from '@souk/service-kit';
import { Type } from 'typebox';
import type Stripe from 'stripe';
import { newsOf } from './news.ts';
import type { News, Payment, PaymentBook } from './payment-book.ts';

export interface WebhookDeps {
  readonly stripe: Stripe;
  readonly webhookSecret: string;
  readonly book: PaymentBook;
  readonly clock: () => Date;
  /** Whoever waits to ask about this payment need wait no longer. */
  readonly wake: (key: string) => void;
  /** Gives back what came under a key that was closed before. */
  readonly giveBack: (payment: Payment, signal: AbortSignal) => Promise<void>;
}

/** Older signatures are refused: somebody may have kept one. Seconds. */
const TOLERANCE_S = 300;
const GIVE_BACK_MS = 5000;

/**
 * What Stripe tells us by itself. Only who knows the webhook secret is heard; what comes twice or late changes nothing,
 * because a payment only goes forward. An answer other than 2xx makes Stripe tell it again later.
 * @see https://docs.stripe.com/webhooks
 */
export function webhookRoute(app: SoukApp, deps: WebhookDeps): void {
  const { stripe, webhookSecret, book, clock, wake, giveBack } = deps;
  const received = { received: true } as const;

  // A scope of its own: the signature is over the bytes, so here a JSON body is not parsed.
  app.register(async (scope) => {
    scope.removeContentTypeParser('application/json');
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    const response = { 200: Type.Object({ received: Type.Literal(true) }) };
    const schema = { summary: 'For Stripe alone: what became of a payment', response };
    scope.post('/api/cart/stripe/webhook', { config: { public: true }, schema }, async (request) => {
      const event = verified(request.body, request.headers['stripe-signature']);
      if (book.isSeen(event.id)) return received;
      const news = told(event);
      const key = news && keyOf(event, news);
      if (key !== undefined) await take(key, news!);
      book.seen(event.id);
      return received;
    });
  });

  function verified(body: unknown, signature: string | string[] | undefined): Stripe.Event {
    try {
      if (!Buffer.isBuffer(body) || typeof signature !== 'string') throw new TypeError('there is no signed body');
      const now = clock().getTime();
      return stripe.webhooks.constructEvent(body, signature, webhookSecret, TOLERANCE_S, undefined, now);
    } catch (cause) {
      throw new Invalid('signature-invalid', 'the signature is not that of the webhook', { cause });
    }
  }

  async function take(key: string, news: News): Promise<void> {
    book.note(key, news);
    wake(key);
    const payment = book.get(key);
    const isHeld = payment?.state === 'authorized' || payment?.state === 'captured';
    if (payment?.isClosed && isHeld) await giveBack(payment, AbortSignal.timeout(GIVE_BACK_MS));
  }

  /** Only of payments that we asked for; an account may serve more than this shop. */
  function keyOf(event: Stripe.Event, { intentId }: News): string | undefined {
    const known = intentId === undefined ? undefined : book.keyOf(intentId);
    if (known !== undefined) return known;
    const { metadata } = event.data.object as { metadata?: Record<string, string> };
    const key = metadata?.['souk_key'];
    return key !== undefined && book.get(key)?.intentId === null ? key : undefined;
  }
}

function told(event: Stripe.Event): News | undefined {
  switch (event.type) {
    case 'payment_intent.amount_capturable_updated':
    case 'payment_intent.payment_failed':
    case 'payment_intent.succeeded':
    case 'payment_intent.canceled':
      return newsOf(event.data.object);
    case 'charge.refunded': {
      const { payment_intent: intent, refunded: isWhole } = event.data.object;
      const intentId = typeof intent === 'string' ? intent : intent?.id;
      return intentId === undefined || !isWhole ? undefined : { state: 'refunded', intentId };
    }
    default:
      return undefined;
  }
}
