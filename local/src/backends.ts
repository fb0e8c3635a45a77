import type { Backend, BackendOptions, Logger, RequestHandler } from '@souk/service-kit';
import type { Secrets } from './secrets.ts';

/** What every backend gets, and what some of them heed. */
export interface PlanOptions extends BackendOptions {
  /** How long an order waits for a payment provider that does not answer. Milliseconds. */
  readonly giveUpPaymentAfterMs?: number;
  /** When people are at the desk. @default nothing is promised */
  readonly openingHours?: string;
  /** Who the shop is to push services. @default no messages to closed browsers */
  readonly vapid?: Secrets['vapid'];
}

/** How one backend is brought up. */
export interface BackendPlan {
  /** Its API is `/api/<name>/…`. */
  readonly name: string;
  readonly create: (options: PlanOptions) => Promise<Backend>;
}

/** The backends of the shop. Each is loaded on its own, so that a broken one cannot keep the others out. */
export const shopBackends: readonly BackendPlan[] = [
  {
    name: 'catalog',
    create: async (options) => (await import('@souk/catalog-backend')).createCatalogBackend({ ...options, seed: true }),
  },
  { name: 'cart', create: async (options) => (await import('@souk/cart-backend')).createCartBackend(options) },
  { name: 'chat', create: async (options) => (await import('@souk/chat-backend')).createChatBackend(options) },
  { name: 'bell', create: async (options) => (await import('@souk/bell-backend')).createBellBackend(options) },
];

/** Backends that are coming up, and those that are there. */
export interface RunningBackends {
  /** Filled as backends get ready; one that failed stays out, and the gateway answers 503 for it. */
  readonly handlers: Readonly<Record<string, RequestHandler | undefined>>;
  /** Resolves when each backend is ready, has failed, or has taken longer than `waitMs`. */
  readonly settled: Promise<void>;
  /** Brings up one more, or has it brought up; does nothing when there is one of this name. */
  add(plan: BackendPlan): void;
  close(): Promise<void>;
}

/** Starts every backend at once, each inside its own wall: what one throws is logged and stops nothing else. */
export const startBackends = (
  plans: readonly BackendPlan[],
  options: PlanOptions,
  waitMs = 20_000,
): RunningBackends => {
  const handlers: Record<string, RequestHandler | undefined> = Object.fromEntries(
    plans.map(({ name }) => [name, undefined]),
  );
  const running: Backend[] = [];
  let closing = false;

  const start = async ({ name, create }: BackendPlan) => {
    const log = options.log.child({ backend: name }) as Logger;
    try {
      const backend = await create({ ...options, log });
      running.push(backend);
      await backend.ready();
      if (!closing) handlers[name] = backend.handler;
    } catch (err) {
      if (!closing) log.error({ err }, 'this backend did not start; its part of the shop answers 503');
    }
  };
  const starting = new Set<Promise<void>>();
  const begin = (plan: BackendPlan): void => {
    const started = start(plan).finally(() => starting.delete(started));
    starting.add(started);
  };
  plans.forEach(begin);
  const all = () => Promise.all(starting).then(() => undefined);

  return {
    handlers,
    settled: Promise.race([all(), after(waitMs)]),
    add(plan) {
      if (closing || Object.hasOwn(handlers, plan.name)) return;
      handlers[plan.name] = undefined;
      begin(plan);
    },
    async close() {
      closing = true;
      // One that hangs while it starts must not keep the shop from closing; the caller's deadline ends the process.
      await Promise.race([all(), after(2_000)]);
      const results = await Promise.allSettled(running.map((backend) => backend.close()));
      const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      if (failures.length > 0) throw new AggregateError(failures, 'not every backend closed cleanly');
    },
  };
};

const after = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms).unref());
