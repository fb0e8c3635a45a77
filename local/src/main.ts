import { resolve } from 'node:path';
import { parseOpeningHours } from '@souk/chat-backend/opening-hours';
import { ConfigError, createLogger, loadConfig, onShutdown, setting } from '@souk/service-kit';
import { shopBackends } from './backends.ts';
import { startShop } from './shop.ts';
import type { ShopOptions } from './shop.ts';
import { withStripe } from './with-stripe.ts';

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const spec = {
  PORT: setting.port({ default: 3000 }),
  HOST: setting.text({ default: 'localhost' }),
  DATA_DIR: setting.text({ default: '.data' }),
  CHANNEL: {
    read(text: string | undefined): ShopOptions['channel'] {
      if (text === undefined) return 'sqlite';
      if (text === 'sqlite' || text === 'memory') return text;
      if (text.startsWith('nats://') && text.split(',').every(isNatsServer)) return text as `nats://${string}`;
      const known = 'use "sqlite", "memory" or nats://host:port';
      throw new Error(`${JSON.stringify(text.slice(0, 60))} is not a channel; ${known}`);
    },
  },
  STAFF_PASSWORD: setting.secret({ minChars: 8, default: null }),
  ORIGIN: setting.url({ default: '' }),
  PAYMENT_TIMEOUT: setting.integer({ default: 150, min: 5, max: 3600 }),
  STRIPE_SECRET_KEY: setting.secret({ minChars: 16, default: null }),
  STRIPE_WEBHOOK_SECRET: setting.secret({ minChars: 16, default: null }),
  CHAT_HOURS: {
    read(text = 'Mon-Sat 09:00-18:00 Africa/Casablanca'): string {
      parseOpeningHours(text);
      return text;
    },
  },
  LOG_LEVEL: setting.oneOf(levels, { default: 'warn' }),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting.url({ default: '' }),
};

function isNatsServer(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === 'nats:' && url.hostname !== '';
}

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
  const config = loadConfig(spec, env);
  const backends = withStripe(shopBackends, config.STRIPE_SECRET_KEY, config.STRIPE_WEBHOOK_SECRET);
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
    backends,
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
