import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EventChannel } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { closeAll } from '@souk/service-kit';
import type { Closable, Logger } from '@souk/service-kit';
import { createGateway } from '@souk/shell-gateway';
import { createRegistry } from '@souk/shell-registry';
import type { Registry } from '@souk/shell-registry';
import { shopBackends, startBackends } from './backends.ts';
import type { BackendPlan } from './backends.ts';
import { readModelsIn } from './read-models.ts';
import { keepSecrets } from './secrets.ts';
import { explainStart } from './start-failed.ts';

/** Where the shop runs and what it is made of. */
export interface ShopOptions {
  /** `0` = any free one. */
  readonly port: number;
  readonly host: string;
  /** Everything the shop keeps is in this folder. */
  readonly dataDir: string;
  /** `memory` forgets everything at the end; `nats://host:port`, or several with commas between, is a server. */
  readonly channel: 'sqlite' | 'memory' | `nats://${string}`;
  readonly log: Logger;
  /** How long an order waits for a payment provider that does not answer, in milliseconds. @default the cart's own */
  readonly giveUpPaymentAfterMs?: number | undefined;
  /** When people are at the desk: `Mon-Fri 09:00-18:00 Africa/Casablanca`. @default nothing is promised */
  readonly openingHours?: string | undefined;
  /** @default made up on the first start and kept in the data folder */
  readonly staffPassword?: string | undefined;
  /** Where browsers reach the shop, when that is not `http://host:port`. */
  readonly origin?: string | undefined;
  /** Build folders of the micro frontends. @default those of this repository */
  readonly mfeDirs?: readonly string[];
  /** Build folder of the page. @default the one of this repository */
  readonly pageDir?: string;
  /** @default the three of this repository */
  readonly backends?: readonly BackendPlan[];
}

/** A shop that runs. */
export interface Shop {
  /** Its address: `http://localhost:3000`. */
  readonly url: string;
  /** The staff password, if it was made up by this very start. */
  readonly newStaffPassword: string | undefined;
  /** Stops taking requests, lets those at hand finish, then closes backends and channel. */
  close(): Promise<void>;
}

const folder = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const shopMfes: readonly string[] = ['mfe-catalog', 'mfe-cart', 'mfe-chat', 'shell/ops'].map((path) =>
  folder(`${path}/dist`),
);

/**
 * The whole shop in this one process. A micro frontend or a backend that is missing or broken is logged and left out.
 * @throws {StartFailed} when there can be no shop at all: port taken, data folder in use, page not built
 */
export const startShop = async (options: ShopOptions): Promise<Shop> => {
  const { log, dataDir } = options;
  const opened: Closable[] = [];
  try {
    const { sessionSecret, staffPassword, made } = keepSecrets(dataDir, options.staffPassword);
    const channel = await openChannel(options);
    opened.push(channel);
    const { giveUpPaymentAfterMs, openingHours } = options;
    const heeded = {
      ...(giveUpPaymentAfterMs === undefined ? {} : { giveUpPaymentAfterMs }),
      ...(openingHours === undefined ? {} : { openingHours }),
    };
    const parts = { channel, dataDir: backendsDir(options), log, sessionSecret, ...heeded };
    const backends = startBackends([...(options.backends ?? shopBackends), queryPlan(options), erasurePlan], parts);
    opened.push(backends);
    const registry = await createRegistry({ channel, dir: join(dataDir, 'registry') });
    opened.push(registry);
    await publishAll(registry, options.mfeDirs ?? shopMfes, log);
    const gateway = await createGateway({
      ...{ channel, registry, dataDir, log, sessionSecret, staffPassword, backends: backends.handlers },
      ...{ host: options.host, port: options.port, pageDir: options.pageDir ?? folder('shell/page/dist') },
      ...(options.origin === undefined ? {} : { origin: options.origin }),
    });
    opened.push(gateway);
    await backends.settled;
    const url = await gateway.listen();
    return { url, newStaffPassword: made ? staffPassword : undefined, close: () => closeAll(opened) };
  } catch (error) {
    await closeAll(opened).catch((err: unknown) => log.warn({ err }, 'did not close cleanly'));
    throw explainStart(error, options);
  }
};

/** Where backends keep their files: never longer than the log, or they would know events that it does not have. */
const backendsDir = ({ channel, dataDir }: ShopOptions): string => {
  if (channel === 'sqlite') return dataDir;
  const dir = join(dataDir, channel.replaceAll(/[^\w.-]+/g, '_'));
  if (channel === 'memory') rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  return dir;
};

/** The shell's own backend: `/api/shell/…`. */
const erasurePlan: BackendPlan = {
  name: 'shell',
  create: async (options) => (await import('@souk/shell-gateway')).createErasureBackend(options),
};

/** The log's own backend: `/api/events/…`. */
const queryPlan = ({ channel, dataDir }: ShopOptions): BackendPlan => ({
  name: 'events',
  create: async (options) =>
    (await import('@souk/shell-query')).createQueryBackend({
      ...options,
      logFile: channel === 'sqlite' ? logFileIn(dataDir) : undefined,
      readModels: readModelsIn(options.dataDir),
      streams: ['catalog', 'cart', 'chat', 'push', 'shell'],
    }),
});

const logFileIn = (dataDir: string): string => join(dataDir, 'events.db');

const openChannel = async ({ channel, dataDir, log }: ShopOptions): Promise<EventChannel> => {
  if (channel === 'memory') return memoryChannel();
  if (channel === 'sqlite') return sqliteChannel({ file: logFileIn(dataDir) });
  // Loaded only where it is used: most shops need no client of a server.
  const { natsChannel } = await import('@souk/event-channel/nats');
  return natsChannel({ servers: channel, onWarning: (message) => log.warn(message) });
};

const publishAll = async (registry: Registry, folders: readonly string[], log: Logger): Promise<void> => {
  for (const path of folders) {
    try {
      const { manifest, changed } = await registry.publish(path);
      if (changed) log.info({ mfe: manifest.name, version: manifest.version }, 'published');
    } catch (err) {
      log.error(
        { err, folder: path },
        'this micro frontend cannot be published; the shop goes on without this version',
      );
    }
  }
};
