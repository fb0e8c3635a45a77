import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Objm, StorageType } from '@nats-io/obj';
import type { ObjectInfo, ObjectStore } from '@nats-io/obj';
import { connect, type NodeConnectionOptions } from '@nats-io/transport-node';
import type { Build } from '../build-folder.ts';
import { ArtifactsUnavailable, DamagedArtifact } from '../errors.ts';
import { packBuild } from '../pack-build.ts';
import { receiveBuild } from '../receive.ts';
import { artifactOf } from './artifacts.ts';
import type { Artifacts } from './artifacts.ts';
import { folderArtifacts } from './folder-artifacts.ts';

export interface ObjectArtifactsOptions {
  /** `nats://host:port` */
  readonly servers: readonly string[];
  /** @default the servers let everybody in */
  readonly auth?: Pick<NodeConnectionOptions, 'user' | 'pass' | 'token'>;
  /** Folder of the copies that this machine serves from. */
  readonly dir: string;
  /** @default 'souk-artifacts' */
  readonly bucket?: string;
  /** Servers that keep a copy, at least; more than one needs a cluster. @default 1 */
  readonly replicas?: number;
}

/** How long one request to the server may take. */
const timeoutMs = 10_000;

/** How long the whole of a build may take. */
const fetchTimeoutMs = 30_000;

/**
 * Builds in an object store of JetStream, one object each, for gateways on any host. An object is there whole or not at all. What
 * was fetched is checked against its name to the last byte, and kept in a folder: it never changes.
 * @throws {ArtifactsUnavailable}
 */
export const objectArtifacts = async (options: ObjectArtifactsOptions): Promise<Artifacts> => {
  const { servers, auth, dir, bucket = 'souk-artifacts', replicas = 1 } = options;
  const cache = folderArtifacts(dir);
  const fetching = new Map<string, Promise<Build | undefined>>();
  const nc = await connect({
    ...auth,
    servers: [...servers],
    name: 'souk artifacts',
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
  }).catch(unavailable);
  const store = await openStore().catch(async (error: unknown) => {
    await nc.close();
    return unavailable(error);
  });

  async function openStore(): Promise<ObjectStore> {
    await untilThere();
    return new Objm(jetstream(nc, { timeout: timeoutMs })).open(bucket);
  }

  /** The servers of a cluster that has just been started find each other first, and answer nobody meanwhile. */
  async function untilThere(): Promise<void> {
    const objects = new Objm(jetstream(nc, { timeout: 2_000 }));
    const settings = { storage: StorageType.File, replicas, description: 'builds of micro frontends' };
    const deadline = Date.now() + 2 * timeoutMs;
    for (;;) {
      try {
        const status = await (await objects.create(bucket, { ...settings })).status();
        if (status.replicas < replicas) await copyMore();
        return;
      } catch (error) {
        if (Date.now() > deadline || nc.isClosed()) throw error;
        await delay(200);
      }
    }
  }

  /** The bucket is from a time of fewer copies. While its servers take each other in, they leave requests unanswered. */
  async function copyMore(): Promise<void> {
    const { streams } = await jetstreamManager(nc, { timeout: 1_000 });
    const { config } = await streams.info(`OBJ_${bucket}`);
    await streams.update(config.name, { ...config, num_replicas: replicas });
    const isCopied = async () => {
      const { cluster } = await streams.info(config.name);
      return cluster?.replicas?.every(({ current }) => current) ?? false;
    };
    for (let looks = 0; looks < 50 && !(await isCopied().catch(() => false)); looks++) await delay(200);
  }

  /** The build under a name, every byte checked; one request for all who want it at the same time. */
  const fetchBuild = (artifact: string): Promise<Build | undefined> => {
    const running = fetching.get(artifact);
    if (running) return running;
    const begun = fetchOnce(artifact).finally(() => fetching.delete(artifact));
    fetching.set(artifact, begun);
    return begun;
  };

  const fetchOnce = async (artifact: string): Promise<Build | undefined> => {
    const info = await there(artifact);
    if (info === undefined) return undefined;
    const packed = await within(store.getBlob(artifact)).catch((cause: unknown) => {
      // What the store itself finds wrong is damage; everything else is a server that does not answer.
      if (String(cause).includes('corrupt object')) throw new DamagedArtifact(artifact, { cause });
      return unavailable(cause);
    });
    if (packed === null) return undefined;
    try {
      const build = await receiveBuild(Readable.from([packed]));
      if (artifactOf(build.manifest) !== artifact) throw new Error('its manifest is that of another build');
      return build;
    } catch (cause) {
      throw new DamagedArtifact(artifact, { cause });
    }
  };

  const there = async (artifact: string): Promise<ObjectInfo | undefined> => {
    const info = await store.info(artifact).catch(unavailable);
    return info === null || info.deleted ? undefined : info;
  };

  return {
    ...{ folder: cache.folder, manifest: cache.manifest },
    async add(build) {
      const artifact = artifactOf(build.manifest);
      const packed = await packBuild(build);
      // The same content again mends what was damaged in the store meanwhile.
      if ((await there(artifact))?.digest !== digestOf(packed)) {
        await store.putBlob({ name: artifact }, packed, { timeout: timeoutMs }).catch(unavailable);
      }
      return cache.add(build);
    },
    async bring(artifact) {
      if (cache.manifest(artifact)) return true;
      const build = await fetchBuild(artifact);
      if (build === undefined) return false;
      await cache.add(build);
      return true;
    },
    async renew(artifact) {
      const build = await fetchBuild(artifact);
      if (build === undefined) return false;
      await cache.rewrite(build);
      return true;
    },
    async prune(isKnown, minAgeMs) {
      await cache.prune(isKnown, minAgeMs);
      const left = (await store.list().catch(unavailable)).filter(({ name, deleted }) => !deleted && !isKnown(name));
      for (const { name, mtime } of left) {
        if (Date.now() - Date.parse(mtime) >= minAgeMs) await store.delete(name).catch(unavailable);
      }
    },
    close: () => nc.close(),
  };
};

/** As the store writes it down: SHA-256 in URL-safe base64, padded. */
const digestOf = (content: Buffer): string =>
  `SHA-256=${createHash('sha256').update(content).digest('base64').replaceAll('+', '-').replaceAll('/', '_')}`;

/** A store that goes away in the middle of an object says nothing any more. */
const within = async <Result>(answer: Promise<Result>): Promise<Result> => {
  const over = new AbortController();
  const late = delay(fetchTimeoutMs, undefined, { signal: over.signal, ref: false }).then(() => {
    throw new Error(`no answer in ${fetchTimeoutMs} ms`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    over.abort();
  }
};

const unavailable = (cause: unknown): never => {
  throw new ArtifactsUnavailable({ cause });
};
