import { join } from 'node:path';
import type { EventChannel } from '@souk/event-channel';
import { closeAll } from '@souk/service-kit';
import type { Closable, Logger } from '@souk/service-kit';
import { createGateway, shellParticipant } from '@souk/shell-gateway';
import type { PolicyException } from '@souk/shell-gateway';
import { createRegistry } from '@souk/shell-registry';
import type { Registry } from '@souk/shell-registry';
import { shopBackends, startBackends } from './backends.ts';
import type { BackendPlan, RunningBackends } from './backends.ts';
import { findBackend, findBackends, findMfes, repository } from './find-mfes.ts';
import { openArtifacts, registryDirIn } from './open-artifacts.ts';
import { openChannel } from './open-channel.ts';
import type { ChannelName } from './open-channel.ts';
import { keepSecrets } from './secrets.ts';
import { backendsDir, shellBackends } from './shell-backends.ts';
import { explainStart } from './start-failed.ts';

/** Where the shop runs and what it is made of. */
export interface ShopOptions {
  /** `0` = any free one. */
  readonly port: number;
  readonly host: string;
  /** Everything the shop keeps is in this folder. */
  readonly dataDir: string;
  /** `memory` forgets everything at the end; `nats://host:port`, or several with commas between, is a server. */
  readonly channel: ChannelName;
  readonly log: Logger;
  /** How long an order waits for a payment provider that does not answer, in milliseconds. @default the cart's own */
  readonly giveUpPaymentAfterMs?: number | undefined;
  /** When people are at the desk: `Mon-Fri 09:00-18:00 Africa/Casablanca`. @default nothing is promised */
  readonly openingHours?: string | undefined;
  /** @default made up on the first start and kept in the data folder */
  readonly staffPassword?: string | undefined;
  /** Where browsers reach the shop, when that is not `http://host:port`. */
  readonly origin?: string | undefined;
  /** Folder with `mfe-*` folders, whose builds and backends are the shop. @default this repository */
  readonly workspace?: string | undefined;
  /** Build folders of the micro frontends. @default those of the workspace */
  readonly mfeDirs?: readonly string[];
  /** Build folder of the page. @default the one of this repository */
  readonly pageDir?: string;
  /** @default those of this repository, and what else the workspace has */
  readonly backends?: readonly BackendPlan[];
  /** In place of `backends`: they run elsewhere. */
  readonly reachBackends?: (channel: EventChannel) => RunningBackends;
  /** Pages that take in something of another company. @default none */
  readonly policyExceptions?: readonly PolicyException[];
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

/**
 * The whole shop in this one process. A micro frontend or a backend that is missing or broken is logged and left out.
 * @throws {StartFailed} when there can be no shop at all: port taken, data folder in use, page not built
 */
export const startShop = async (options: ShopOptions): Promise<Shop> => {
  const { log, dataDir, workspace = repository, pageDir = join(repository, 'shell/page/dist') } = options;
  const opened: Closable[] = [];
  try {
    const { sessionSecret, staffPassword, vapid, made } = keepSecrets(dataDir, options.staffPassword);
    const channel = await openChannel(options);
    opened.push(channel);
    const { giveUpPaymentAfterMs, openingHours } = options;
    const heeded = {
      ...(giveUpPaymentAfterMs === undefined ? {} : { giveUpPaymentAfterMs }),
      ...(openingHours === undefined ? {} : { openingHours }),
    };
    const parts = { channel, dataDir: backendsDir(options), log, sessionSecret, vapid, ...heeded };
    const own = options.backends ?? [...shopBackends, ...findBackends(workspace, shopBackends)];
    const plans = [...own, ...shellBackends({ ...options, alsoStreams: own.map(({ name }) => name) })];
    const backends = options.reachBackends?.(channel) ?? startBackends(plans, parts);
    opened.push(backends);
    const artifacts = await openArtifacts(options);
    opened.push(artifacts);
    const registry = await createRegistry({
      channel,
      dir: registryDirIn(dataDir),
      artifacts,
      shell: shellParticipant(pageDir),
    });
    opened.push(registry);
    await publishAll(registry, options.mfeDirs ?? findMfes(workspace).map((mfe) => join(workspace, mfe, 'dist')), log);
    // The first version of a new micro frontend brings its backend with it, while the shop runs.
    registry.onChange((name) => {
      const plan = registry.live().some((mfe) => mfe.name === name && mfe.api) && findBackend(workspace, name);
      if (plan) backends.add(plan);
    });
    const gateway = await createGateway({
      ...{ channel, registry, dataDir, log, sessionSecret, staffPassword, backends: backends.handlers },
      ...{ host: options.host, port: options.port, pageDir, keysDir: backendsDir(options) },
      ...(options.origin === undefined ? {} : { origin: options.origin }),
      ...(options.policyExceptions === undefined ? {} : { policyExceptions: options.policyExceptions }),
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
