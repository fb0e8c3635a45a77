import { resolve } from 'node:path';
import { createLogger, loadConfig, recentLines } from '@souk/service-kit';
import type { Closable } from '@souk/service-kit';
import { shopBackends } from './backends.ts';
import type { BackendPlan } from './backends.ts';
import { findBackends } from './find-mfes.ts';
import { settings } from './settings.ts';
import type { ShopOptions } from './shop.ts';
import { withStripe } from './with-stripe.ts';

/** A shop as the environment says, before it is started. */
export interface Configured {
  readonly options: ShopOptions & { readonly backends: readonly BackendPlan[] };
  /** What goes on beside the shop, and is closed after it: the export of traces. */
  readonly beside: readonly Closable[];
}

/**
 * Reads the environment. Logs go to standard error, so that standard output is for people.
 * @throws {ConfigError} with a message for a person
 */
export const configure = async (env: Readonly<Record<string, string | undefined>>): Promise<Configured> => {
  const config = loadConfig(settings, env);
  const { STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY, STRIPE_WEBHOOK_SECRET } = config;
  const workspace = resolve(config.WORKSPACE);
  const payments = withStripe(shopBackends, { STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY, STRIPE_WEBHOOK_SECRET });
  const heard = { destination: process.stderr, recent: recentLines() };
  const log = createLogger({ name: 'souk', level: config.LOG_LEVEL, ...heard });
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  // Loaded only when it is wanted: nobody else pays for an SDK.
  const beside = endpoint === '' ? [] : [(await import('./export-traces.ts')).exportTraces(endpoint)];
  const options = {
    port: config.PORT,
    host: config.HOST,
    dataDir: resolve(config.DATA_DIR),
    channel: config.CHANNEL,
    staffPassword: config.STAFF_PASSWORD ?? undefined,
    origin: config.ORIGIN || undefined,
    giveUpPaymentAfterMs: config.PAYMENT_TIMEOUT * 1000,
    openingHours: config.CHAT_HOURS,
    log,
    workspace,
    ...payments,
    backends: [...payments.backends, ...findBackends(workspace, payments.backends)],
  };
  return { options, beside };
};
