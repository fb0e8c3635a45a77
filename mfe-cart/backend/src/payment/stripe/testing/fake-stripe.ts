import { http, HttpResponse } from 'msw';
import type { HttpHandler } from 'msw';

type Intent = { id: string; status: string; amount: number; created: number; metadata: { souk_key: string } };
type Answer = { readonly status: number; readonly body: object };
type Mishap = 'network' | 'silence' | 'lost' | number;

/** Stripe's API as far as we use it: intents, refunds, idempotency keys that repeat the first answer, whatever it was. */
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
}

const API = 'https://api.stripe.com/v1';

/** @param cards what happens to a `pm_…`: a decline code, or `ok` */
export function fakeStripe(cards: Readonly<Record<string, string>>): FakeStripe {
  const intents = new Map<string, Intent>();
  const answers = new Map<string, Answer>();
  const [asked, refunded, mishaps]: [string[], string[], Mishap[]] = [[], [], []];
  const authorizations = new Set<string | null>();

  const create = (form: URLSearchParams): Answer => {
    const outcome = cards[form.get('payment_method') ?? ''];
    if (outcome === undefined) return refused(404, 'invalid_request_error', 'resource_missing');
    const id = `pi_${intents.size + 1}`;
    const metadata = { souk_key: form.get('metadata[souk_key]')! };
    const status = outcome === 'ok' ? 'requires_capture' : 'requires_payment_method';
    const intent = { id, object: 'payment_intent', status, amount: Number(form.get('amount')), created: 1, metadata };
    intents.set(id, intent);
    if (outcome === 'ok') return { status: 200, body: intent };
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
      const form = new URLSearchParams(await request.text());
      const mishap = mishaps.shift();
      if (mishap === 'network') return HttpResponse.error();
      if (mishap === 'silence') return new Promise<never>(() => undefined);
      if (typeof mishap === 'number' && !answers.has(key)) {
        const answer = refused(mishap, 'api_error', 'oops');
        if (mishap >= 500) answers.set(key, answer);
        return HttpResponse.json(answer.body, { status: answer.status });
      }
      const answer = answers.get(key) ?? act(form, String(params['id']));
      answers.set(key, structuredClone(answer));
      if (mishap === 'lost') return HttpResponse.error();
      return HttpResponse.json(answer.body, { status: answer.status });
    });

  const handlers = [
    post('/payment_intents', create),
    post('/payment_intents/:id/capture', (_form, id) => move(id, ['requires_capture'], 'succeeded')),
    post('/payment_intents/:id/cancel', (_form, id) =>
      move(id, ['requires_capture', 'requires_payment_method'], 'canceled'),
    ),
    post('/refunds', (form) => {
      refunded.push(form.get('payment_intent')!);
      return { status: 200, body: { id: 're_1', object: 'refund' } };
    }),
    http.get(`${API}/payment_intents`, () =>
      HttpResponse.json({ object: 'list', has_more: false, data: [...intents.values()] }),
    ),
    http.get(`${API}/payment_intents/:id`, ({ params }) => HttpResponse.json(intents.get(String(params['id'])))),
    http.get(`${API}/payment_methods/:id`, ({ params }) => {
      if (mishaps.shift() === 'network') return HttpResponse.error();
      const id = String(params['id']);
      if (cards[id] !== undefined)
        return HttpResponse.json({ id, object: 'payment_method', card: { brand: 'visa', last4: '4242' } });
      const { status, body } = refused(404, 'invalid_request_error', 'resource_missing');
      return HttpResponse.json(body, { status });
    }),
  ];
  return { handlers, intents, asked, refunded, mishaps, authorizations };
}

function refused(status: number, type: string, code: string): Answer {
  return { status, body: { error: { type, code, message: code } } };
}
