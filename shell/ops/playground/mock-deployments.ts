/** A registry as `msw` handlers over plain memory: for the playground and for component tests. */
import { relay } from '@souk/shared-events/browser';
import { http, HttpResponse } from 'msw/http';
import type { Deployment, Health, HistoryEntry, Participant } from '../src/deployments/http.ts';

/** The registry, and what a test may do to it. */
export interface MockDeployments {
  readonly handlers: ReturnType<typeof http.get>[];
  mfes: Deployment[];
  health: Health[];
  history: HistoryEntry[];
  /** What was asked for: path and body. */
  readonly acts: [path: string, body: unknown][];
  /** What the next act is refused with. */
  refusal: string | undefined;
  /** Tells the page that something else is live, as the push stream does. */
  push(name: string): void;
  reset(): void;
}

const schema = { type: 'object' };
const participants: readonly Participant[] = [
  {
    ...{ name: 'cart', version: '0.2.0-9f8e7d6c' },
    contract: { emits: { 'cart:changed': schema }, listens: {}, handles: { 'cart:add-item': schema } },
  },
  {
    ...{ name: 'catalog', version: '0.1.0-1a2b3c4d' },
    contract: { emits: { 'catalog:product-viewed': schema }, requests: { 'cart:add-item': schema } },
  },
  { name: 'chat', version: '0.1.0-5e6f7a8b', contract: { listens: { 'cart:changed': schema } } },
];

/** The one id that it knows. */
function asOf(at: string | null) {
  if (at !== 'a1b2c3d4e5f6') {
    const detail = 'no versions that were live together have this id';
    return HttpResponse.json({ status: 404, code: 'no-such-deployment', detail }, { status: 404 });
  }
  const from = { position: 3, time: '2026-11-20T09:00:00.000Z' };
  const to = { position: 7, time: '2026-11-21T10:30:00.000Z' };
  return HttpResponse.json({ sets: [{ id: at, versions: { cart: '0.1.0', chat: '0.3.0' } }], periods: [{ from, to }] });
}

/** Opens it with a canary of the cart. */
export function mockDeployments(): MockDeployments {
  const act = async ({ request }: { request: Request }) => {
    const { pathname } = new URL(request.url);
    if (mock.refusal !== undefined) {
      return HttpResponse.json({ status: 409, code: 'contract-broken', detail: mock.refusal }, { status: 409 });
    }
    mock.acts.push([pathname, await request.json()]);
    mock.mfes = mock.mfes.map((mfe) => {
      const { canary, ...rest } = mfe;
      if (!canary || !pathname.includes(`/${mfe.name}/`)) return mfe;
      return pathname.endsWith('/promote') ? { ...rest, stable: canary.version } : rest;
    });
    return HttpResponse.json({});
  };
  const mock: MockDeployments = {
    ...{ mfes: [], health: [], history: [], acts: [], refusal: undefined },
    handlers: [
      http.get('*/registry/mfe', () => HttpResponse.json({ position: 9, mfes: mock.mfes })),
      http.get('*/registry/reports', () => HttpResponse.json({ windowMs: 3_600_000, versions: mock.health })),
      http.get('*/registry/history', () => HttpResponse.json({ entries: mock.history })),
      http.get('*/registry/as-of', ({ request }) => asOf(new URL(request.url).searchParams.get('at'))),
      http.get('*/registry/contract', () => HttpResponse.json({ position: 9, participants })),
      http.post('*/registry/mfe/:name/:act', act),
    ],
    push: (name) => relay({ type: 'shell:deployment-changed', detail: { name } }),
    reset() {
      mock.acts.length = 0;
      mock.refusal = undefined;
      const owner = (name: string, ...versions: string[]) =>
        versions.map((version) => ({ version, owner: `team-${name}` }));
      mock.mfes = [
        {
          ...{ name: 'cart', stable: '0.1.0-1a2b3c4d', canary: { version: '0.2.0-9f8e7d6c', percent: 10 } },
          ...{ previous: [], blocked: [], live: owner('cart', '0.1.0-1a2b3c4d', '0.2.0-9f8e7d6c') },
        },
        {
          ...{ name: 'catalog', stable: '0.1.0-1a2b3c4d', previous: ['0.0.9-0a0b0c0d'], blocked: [] },
          live: owner('catalog', '0.1.0-1a2b3c4d'),
        },
        { name: 'chat', stable: '0.1.0-5e6f7a8b', previous: [], blocked: [], live: owner('chat', '0.1.0-5e6f7a8b') },
      ];
      mock.health = [
        {
          ...{ name: 'cart', version: '0.1.0-1a2b3c4d', sessions: 941, startFailed: 1, failed: 3 },
          ...{ loadedMs: { p50: 84, p95: 210 }, eventsPerSession: 2.4 },
        },
        {
          ...{ name: 'cart', version: '0.2.0-9f8e7d6c', sessions: 104, startFailed: 0, failed: 6 },
          ...{ loadedMs: { p50: 92, p95: 260 }, eventsPerSession: 2.1 },
        },
      ];
      const time = new Date(Date.now() - 120_000).toISOString();
      const by = 'team-cart';
      mock.history = [
        {
          ...{ position: 9, time, what: 'canary-changed' },
          data: { name: 'cart', version: '0.2.0-9f8e7d6c', percent: 10, by },
        },
        { position: 8, time, what: 'published', data: { name: 'cart', version: '0.2.0-9f8e7d6c', by } },
        {
          ...{ position: 7, time, what: 'rolled-back' },
          data: {
            ...{ name: 'cart', from: '0.2.0-11111111', to: '0.1.0-1a2b3c4d', by: 'automatic' },
            reason: 'start-up failures in 8 of 8 sessions with the canary, in 0 of 412 with the stable version',
          },
        },
      ];
    },
  };
  mock.reset();
  return mock;
}
