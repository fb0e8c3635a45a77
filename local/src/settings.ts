import { parseOpeningHours } from '@souk/chat-backend/opening-hours';
import { setting } from '@souk/service-kit';
import { repository } from './find-mfes.ts';
import type { ShopOptions } from './shop.ts';

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** The environment variables of the shop, as the README lists them. */
export const settings = {
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
  STRIPE_PUBLISHABLE_KEY: setting.secret({ minChars: 8, default: null }),
  STRIPE_WEBHOOK_SECRET: setting.secret({ minChars: 16, default: null }),
  CHAT_HOURS: {
    read(text = 'Mon-Sat 09:00-18:00 Africa/Casablanca'): string {
      parseOpeningHours(text);
      return text;
    },
  },
  WORKSPACE: setting.text({ default: repository }),
  LOG_LEVEL: setting.oneOf(levels, { default: 'warn' }),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting.url({ default: '' }),
};

function isNatsServer(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === 'nats:' && url.hostname !== '';
}
