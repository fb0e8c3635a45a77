/** A backend with sagas as `msw` handlers over plain memory: for the playground and for component tests. */
import { relay } from '@souk/shared-events/browser';
import { http, HttpResponse } from 'msw/http';
import { statuses, type Saga, type SagaAct, type SagaStatus } from '../src/sagas/http.ts';

/** The backend, and what a test may do to it. */
export interface MockSagas {
  readonly handlers: ReturnType<typeof http.get>[];
  /** Newest first. */
  readonly sagas: Saga[];
  /** Bodies of acts. */
  readonly acts: { act: SagaAct; why: string; evidence?: string; revision: number }[];
  /** Tells the page that a saga has moved on, as the push stream does. */
  push(saga: Saga): void;
  reset(): void;
}

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const names = ['authorize-payment', 'reserve-stock', 'capture-payment', 'confirm-order'];

/** Opens it with one saga in each state. */
export function mockSagas(): MockSagas {
  const mock: MockSagas = {
    sagas: [],
    acts: [],
    handlers: [
      http.get('*/readyz', ({ request }) => {
        if (new URL(request.url).pathname === '/readyz') return HttpResponse.json({ backends: ['catalog', 'cart'] });
        if (!request.url.includes('/api/cart/')) return HttpResponse.json({ followers: [{ kind: 'projection' }] });
        const parked = mock.sagas.filter(({ state }) => state === 'parked').length;
        return HttpResponse.json({ followers: [{ kind: 'sagas', sagas: { parked } }] });
      }),
      http.get('*/api/cart/sagas', ({ request }) => {
        const search = new URL(request.url).searchParams;
        const { sagas } = mock;
        const found = sagas.filter(
          ({ id, state }) => id.startsWith(search.get('q') ?? '') && ['', state].includes(search.get('state') ?? ''),
        );
        const counts = Object.fromEntries(
          statuses.map((status) => [status, sagas.filter(({ state }) => state === status).length]),
        );
        const lines = found.map(({ definition, steps, ...saga }) => ({
          ...saga,
          ...{ definition: definition.name, version: definition.version },
          step: steps.findLast(({ state }) => state !== 'waiting')?.name,
        }));
        return HttpResponse.json({ counts, total: found.length, page: 1, pageSize: 20, sagas: lines, position: 9 });
      }),
      http.get('*/api/cart/log', ({ request }) => {
        const trace = new URL(request.url).searchParams.get('trace');
        const command = 'cart.authorize-payment-requested.v1';
        const handled = {
          level: 'info',
          message: 'saga command handled',
          more: { command, attempt: 1, durationMs: 3 },
        };
        const silent = { level: 'warn', message: 'the payment provider gave no answer', more: { type: command } };
        const lines = [silent, handled].map((line, n) => ({
          ...line,
          time: new Date(1.8e12 - n * 1000).toISOString(),
        }));
        return HttpResponse.json({ lines: trace === TRACE ? lines : [] });
      }),
      http.get('*/api/catalog/log', () => problem(404, 'nothing is remembered')),
      http.get('*/api/cart/sagas/:id', ({ params }) => {
        const saga = mock.sagas.find(({ id }) => id === params['id']);
        return saga ? HttpResponse.json(saga) : problem(404, 'there is no such saga');
      }),
      http.post('*/api/cart/sagas/:id/acts', async ({ params, request }) => {
        const body = (await request.json()) as MockSagas['acts'][number];
        const index = mock.sagas.findIndex(({ id }) => id === params['id']);
        const saga = mock.sagas[index];
        if (!saga) return problem(404, 'there is no such saga');
        if (body.revision !== saga.revision) return problem(409, 'somebody else was faster');
        mock.acts.push(body);
        mock.sagas[index] = sagaIn('completed', saga.id);
        return HttpResponse.json({ position: 10 });
      }),
    ],
    push({ id: sagaId, definition: { name: definition }, state }) {
      relay({ type: 'cart:saga-changed', detail: { sagaId, definition, state } });
    },
    reset() {
      mock.acts.length = 0;
      mock.sagas.splice(0, Infinity, ...statuses.map((state) => sagaIn(state, `o_${state}-1`)));
    },
  };
  mock.reset();
  return mock;
}

/** A saga in a state, with a way that leads there. */
export function sagaIn(state: SagaStatus, id: string): Saga {
  const begun = Date.now() - 60_000;
  const at = (seconds: number) => new Date(begun + seconds * 1_000).toISOString();
  const back = state === 'parked' || state === 'compensating' || state === 'failed';
  const tried = (name: string, n: number, kind: 'forward' | 'compensation', outcome?: 'succeeded' | 'failed') => ({
    ...{ kind, attempt: 1, startedAt: at(n * 5), dueAt: at(n * 5 + 30) },
    ...(outcome && { outcome, endedAt: at(n * 5 + 3) }),
    ...(outcome === 'failed' && { reason: `${name} was refused` }),
    command: { id: `${id}.${name}.${kind}.1`, type: `cart.${name}-requested.v1`, position: n, data: { orderId: id } },
  });
  const steps: Saga['steps'] = names.map((name, n) => {
    if (state === 'running' && n > 1) return { name, state: 'waiting', attempts: [] };
    if (state === 'running' && n === 1) return { name, state: 'running', attempts: [tried(name, n, 'forward')] };
    if (!back || n === 1) return { name, state: 'succeeded', attempts: [tried(name, n, 'forward', 'succeeded')] };
    if (n === 0) {
      const undo = tried(name, 4, 'compensation', state === 'compensating' ? undefined : 'failed');
      const done = tried(name, n, 'forward', 'succeeded');
      return { name, state: state === 'failed' ? 'compensated' : state, attempts: [done, undo] };
    }
    if (n === 3) return { name, state: 'waiting', attempts: [] };
    return { name, state: 'failed', attempts: [tried(name, n, 'forward', 'failed')] };
  });
  return {
    backend: 'cart',
    ...{ id, state, steps, startedAt: at(0), updatedAt: at(20), correlationId: `r_${id}`, revision: 7 },
    definition: {
      ...{ name: 'checkout', version: 1 },
      steps: names.map((name, n) => ({ name, timeoutMs: 30_000, maxAttempts: 3, compensation: n < 3 })),
    },
    ...(state === 'completed' || state === 'failed' ? { endedAt: at(25) } : {}),
    ...(back && { reason: 'capture-payment was refused' }),
    traceId: TRACE,
    timeline: [
      { position: 1, time: at(0), type: 'cart.saga-started.v1', title: 'Began checkout, version 1', eventId: 'e_1' },
      { position: 2, time: at(0), type: 'cart.payment-authorization-requested.v1', title: 'Sent', eventId: 'e_2' },
    ],
    ...(state === 'parked' && { next: { what: 'Waits for an operator' } }),
    acts: state === 'parked' ? ['retry', 'skip', 'resolve', 'resume'] : [],
  };
}

function problem(status: number, detail: string): Response {
  return HttpResponse.json({ status, detail, code: 'no' }, { status });
}
