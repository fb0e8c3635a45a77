import { pino, stdTimeFunctions } from 'pino';
import type { DestinationStream, Level, Logger } from 'pino';

export type { Logger };

export interface LoggerOptions {
  /** Who speaks: `notes`. */
  readonly name: string;
  /** @default 'info' */
  readonly level?: Level | 'silent';
  /** @default standard output */
  readonly destination?: DestinationStream;
}

/** Names whose values never reach a log, wherever up to three levels deep they stand. */
const PRIVATE = [
  'authorization',
  'cookie',
  '"set-cookie"',
  '"souk-session"',
  'password',
  'secret',
  'sessionSecret',
  'token',
  'paymentToken',
  'cardNumber',
  'cvc',
  'body',
  'headers',
  'query',
  'email',
  'street',
  'postcode',
  'city',
  'delivery',
  'text',
];

/** A logger of JSON lines that leaves private things out: bodies, headers, query strings, addresses, secrets. */
export function createLogger(options: LoggerOptions): Logger {
  const settings = {
    name: options.name,
    level: options.level ?? 'info',
    base: { name: options.name },
    timestamp: stdTimeFunctions.isoTime,
    redact: { paths: PRIVATE.flatMap((name) => atEachDepth(name)), censor: '[private]' },
  };
  return options.destination === undefined ? pino(settings) : pino(settings, options.destination);
}

function atEachDepth(name: string): string[] {
  const at = (parent: string) => (name.startsWith('"') ? `${parent}[${name}]` : `${parent}.${name}`);
  return [name.startsWith('"') ? `[${name}]` : name, at('*'), at('*.*')];
}
