import { fileURLToPath } from 'node:url';
import { configure, keepSecrets } from '@souk/local';
import { closeAll, ConfigError } from '@souk/service-kit';
import type { Closable } from '@souk/service-kit';
import { backendNames } from './backend-names.ts';
import { openControl, rowsOf } from './control.ts';
import type { ProcessRow } from './control.ts';
import { supervise } from './supervisor.ts';

export interface SplitOptions {
  /** As for the shop in one process; `CHANNEL` must be nats. Besides: `REPLICAS`, `GATEWAYS`. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A shop that runs as several processes. */
export interface Split {
  /** Of each gateway. */
  readonly urls: readonly string[];
  /** Made up by this very start. */
  readonly newStaffPassword: string | undefined;
  readonly processes: () => readonly ProcessRow[];
  /** See `Supervisor.replace`. */
  readonly replace: (backend: string, from?: string) => Promise<void>;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Starts every backend as a process of its own, any number of times, and gateways that find them.
 * @throws {ConfigError} {@link ChildFailed}
 */
export const startSplit = async ({ env }: SplitOptions): Promise<Split> => {
  const { options, beside } = await configure({ ...env, OTEL_EXPORTER_OTLP_ENDPOINT: undefined });
  const { dataDir, log } = options;
  if (!options.channel.startsWith('nats://')) {
    throw new ConfigError(['CHANNEL: several processes need one log they share; use nats://host:port']);
  }
  // Made here, once, before several processes look for them.
  const { staffPassword, made } = keepSecrets(dataDir, options.staffPassword);
  const wanted = env.REPLICAS ?? '2';
  const replicas = readReplicas(wanted, backendNames(options));
  const replicasOfNew = isNumber(wanted) ? Number(wanted) : 1;
  const gateways = readCount('GATEWAYS', env.GATEWAYS ?? '1');
  const ports = Array.from({ length: gateways }, (_, index) => (options.port === 0 ? 0 : options.port + index));

  const opened: Closable[] = [...beside];
  const supervisor = await supervise({ replicas, replicasOfNew, ports, from: root, env, log });
  opened.push(supervisor);
  try {
    opened.push(await openControl(dataDir, supervisor));
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
  return {
    urls: supervisor.processes.filter(({ spec }) => spec.port !== undefined).map(({ address }) => address),
    newStaffPassword: made ? staffPassword : undefined,
    processes: () => rowsOf(supervisor),
    replace: (backend, from) => supervisor.replace(backend, from),
    close: () => closeAll(opened, { deadlineMs: 40_000 }),
  };
};

/** `2`, or `cart=3,chat=1` where the others run once. The log's and the shell's own backends always run once. */
const readReplicas = (text: string, names: readonly string[]): Readonly<Record<string, number>> => {
  const once = new Set(['events', 'shell']);
  const all = isNumber(text) ? readCount('REPLICAS', text) : 1;
  const counts = Object.fromEntries(names.map((name) => [name, once.has(name) ? 1 : all]));
  for (const part of isNumber(text) ? [] : text.split(',')) {
    const [name = '', count = ''] = part.split('=');
    if (!names.includes(name)) throw new ConfigError([`REPLICAS: "${name}" is no backend; use ${names.join(', ')}`]);
    counts[name] = readCount('REPLICAS', count);
  }
  return counts;
};

const readCount = (setting: string, text: string): number => {
  const count = Number(text);
  if (isNumber(text) && count >= 1 && count <= 32) return count;
  throw new ConfigError([`${setting}: "${text}" is not a number from 1 to 32`]);
};

const isNumber = (text: string): boolean => /^\d+$/.test(text);
