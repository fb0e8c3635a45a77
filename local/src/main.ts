import { resolve } from 'node:path';
import { ConfigError, createLogger, loadConfig, onShutdown } from '@souk/service-kit';
import { shopBackends } from './backends.ts';
import { findBackends } from './find-mfes.ts';
import { settings } from './settings.ts';
import { startShop } from './shop.ts';
import type { ShopOptions } from './shop.ts';
import { withStripe } from './with-stripe.ts';

/**
 * Starts the shop as the environment says, and stops it at Ctrl-C, at SIGTERM, or when the parent process is gone.
 * Logs go to standard error, so that standard output is for people.
 * @param parts what the shop is made of, when that is not what this repository has
 * @throws {ConfigError} {@link StartFailed} with a message for a person
 */
export const main = async (
  env: Readonly<Record<string, string | undefined>> = process.env,
  parts: Pick<ShopOptions, 'mfeDirs' | 'pageDir' | 'backends'> = {},
): Promise<void> => {
  const config = loadConfig(settings, env);
  const { STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY, STRIPE_WEBHOOK_SECRET } = config;
  const workspace = resolve(config.WORKSPACE);
  const payments = withStripe(shopBackends, { STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY, STRIPE_WEBHOOK_SECRET });
  // Whoever started this is gone already. Until the shop is up nothing has been promised, so ending is enough.
  if (process.connected === false) return;
  let stop = (): unknown => process.exit(1);
  process.once('disconnect', () => stop());

  const log = createLogger({ name: 'souk', level: config.LOG_LEVEL, destination: process.stderr });
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  // Loaded only when it is wanted: nobody else pays for an SDK.
  const traces = endpoint === '' ? [] : [(await import('./export-traces.ts')).exportTraces(endpoint)];
  const shop = await startShop({
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
    ...parts,
  });
  onShutdown([...traces, shop], { log, deadlineMs: 9_000 });
  stop = () => process.emit('SIGTERM', 'SIGTERM');
  if (shop.newStaffPassword !== undefined) {
    console.log(`staff password for ${shop.url}/sign-in (shown only this once): ${shop.newStaffPassword}`);
  }
  console.log(`ready ${shop.url}`);
};

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof ConfigError ? error.lines.join('\n') : (error as Error).message);
    process.exit(1);
  }
}
