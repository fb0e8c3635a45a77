import { http, HttpResponse } from 'msw';
import type { HttpHandler } from 'msw';

type Intent = {
  id: string;
  status: string;
  amount: number;
  created: number;
  metadata: { souk_key: string };
  client_secret?: string;
  last_payment_error?: { code: string } | null;
};
type Answer = { readonly status: number; readonly body: object };
type Mishap = 'network' | 'silence' | 'lost' | number;

/**
 * Stripe's API as far as we use it: intents, refunds, idempotency keys that repeat the first answer, whatever it was, and
 * refuse another question; payment methods that are good for one intent.
 */
export interface FakeStripe {
  readonly handlers: HttpHandler[];
  readonly intents: Map<string, Intent>;
  /** `POST` path and idempotency key of each request that came. */
  readonly asked: string[];
  readonly refunded: string[];
  /** What befalls the next requests: no connection, no answer, an answer lost after it was done, or a status. */
  readonly mishaps: Mishap[];
  /** Authorization headers that came. */
  readonly authorizations: Set<string | null>;
  /** What the holder's bank says to the intent that waits for it. */
  confirm(id: string, isConfirmed: boolean): void;
  /** A day goes by: idempotency keys are forgotten. */
  forgetKeys(): void;
}

const API = 'https://api.stripe.com/v1';

/**
 * @param cards what happens to a `pm_…`: a decline code, `ok`, or `3ds`, whose holder has to confirm. `pm_ok_1` and `pm_ok_2`
 * are like `pm_ok`
 */
export function fakeStripe(cards: Readonly<Record<string, string>>): FakeStripe {
  const outcomeOf = (card: string) => cards[card] ?? cards[card.replace(/_\d+$/, '')];
  const intents = new Map<string, Intent>();
  const answers = new Map<string, Answer & { readonly question: string }>();
  const [asked, refunded, mishaps]: [string[], string[], Mishap[]] = [[], [], []];
  const authorizations = new Set<string | null>();
  const used = new Set<string>();

  const create = (form: URLSearchParams): Answer => {
    const card = form.get('payment_method') ?? '';
    const outcome = outcomeOf(card);
    if (outcome === undefined) return refused(404, 'invalid_request_error', 'resource_missing');
    if (used.has(card)) return refused(400, 'invalid_request_error', 'payment_method_unexpected_state');
    used.add(card);
    const id = `pi_${intents.size + 1}`;
    const metadata = { souk_key: form.get('metadata[souk_key]')! };
    const status =
      outcome === 'ok' ? 'requires_capture' : outcome === '3ds' ? 'requires_action' : 'requires_payment_method';
    const common = { id, object: 'payment_intent', status, amount: Number(form.get('amount')), created: 1, metadata };
    const intent = { ...common, client_secret: `${id}_secret` };
    intents.set(id, intent);
    if (status !== 'requires_payment_method') return { status: 200, body: intent };
    const error = { type: 'card_error', code: 'card_declined', decline_code: outcome, payment_intent: intent };
    return { status: 402, body: { error } };
  };
  const move = (id: string, from: readonly string[], to: string): Answer => {
    const intent = intents.get(id);
    if (!intent) return refused(404, 'invalid_request_error', 'resource_missing');
    if (!from.includes(intent.status)) return refused(400, 'invalid_request_error', 'payment_intent_unexpected_state');
    intent.status = to;
    return { status: 200, body: intent };
  };

  const post = (path: string, act: (form: URLSearchParams, id: string) => Answer) =>
    http.post(`${API}${path}`, async ({ request, params }) => {
      const key = request.headers.get('idempotency-key') ?? 'none';
      asked.push(`${new URL(request.url).pathname.slice(4)} ${key}`);
      authorizations.add(request.headers.get('authorization'));
      const question = await request.text();
      const mishap = mishaps.shift();
      if (mishap === 'network') return HttpResponse.error();
      if (mishap === 'silence') return new Promise<never>(() => undefined);
      const before = answers.get(key);
      if (before !== undefined && before.question !== question) {
        const { body, status } = refused(400, 'idempotency_error', 'idempotency_key_in_use');
        return HttpResponse.json(body, { status });
      }
      if (typeof mishap === 'number' && before === undefined) {
        const answer = refused(mishap, 'api_error', 'oops');
        if (mishap >= 500) answers.set(key, { ...answer, question });
        return HttpResponse.json(answer.body, { status: answer.status });
      }
      const answer = before ?? act(new URLSearchParams(question), String(params['id']));
      answers.set(key, { ...structuredClone(answer), question });
      if (mishap === 'lost') return HttpResponse.error();
      return HttpResponse.json(answer.body, { status: answer.status });
    });

  const cancellable = ['requires_capture', 'requires_payment_method', 'requires_action'];
  const handlers = [
    post('/payment_intents', create),
    post('/payment_intents/:id/capture', (_form, id) => move(id, ['requires_capture'], 'succeeded')),
    post('/payment_intents/:id/cancel', (_form, id) => move(id, cancellable, 'canceled')),
    post('/refunds', (form) => {
      const intent = form.get('payment_intent')!;
      if (refunded.includes(intent)) return refused(400, 'invalid_request_error', 'charge_already_refunded');
      refunded.push(intent);
      return { status: 200, body: { id: 're_1', object: 'refund' } };
    }),
    http.get(`${API}/payment_intents`, () =>
      HttpResponse.json({ object: 'list', has_more: false, data: [...intents.values()] }),
    ),
    http.get(`${API}/payment_intents/:id`, ({ params }) => HttpResponse.json(intents.get(String(params['id'])))),
    http.get(`${API}/payment_methods/:id`, ({ params }) => {
      if (mishaps.shift() === 'network') return HttpResponse.error();
      const id = String(params['id']);
      if (outcomeOf(id) !== undefined)
        return HttpResponse.json({ id, object: 'payment_method', card: { brand: 'visa', last4: '4242' } });
      const { status, body } = refused(404, 'invalid_request_error', 'resource_missing');
      return HttpResponse.json(body, { status });
    }),
  ];
  return {
    ...{ handlers, intents, asked, refunded, mishaps, authorizations },
    confirm(id, isConfirmed) {
      const intent = intents.get(id)!;
      intent.status = isConfirmed ? 'requires_capture' : 'requires_payment_method';
      intent.last_payment_error = isConfirmed ? null : { code: 'payment_intent_authentication_failure' };
    },
    forgetKeys: () => answers.clear(),
  };
}

function refused(status: number, type: string, code: string): Answer {
  return { status, body: { error: { type, code, message: code } } };
}
