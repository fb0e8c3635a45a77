import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import type { EventChannel } from '@souk/event-channel';
import { cloudEvent } from '@souk/service-kit';
import type { Logger } from '@souk/service-kit';
import { subjects } from '@souk/shared-events/integration';
import { liveVersions } from '@souk/shell-registry';
import type { Registry } from '@souk/shell-registry';

/** One stored file of a version. */
export interface StoredPath {
  readonly name: string;
  readonly version: string;
  readonly path: string;
}

/** Looks whether stored files still are what was published, and raises an alarm where one is not. */
export interface FileWatch {
  /** Whether bytes that were read are what the manifest promises, of a module or of the fragment. @param packed by brotli */
  isSound(file: StoredPath, content: Buffer, packed: boolean): Promise<boolean>;
  /** Reads every file of what is live, its packed copy too. @returns how many were read */
  scrub(): Promise<number>;
  /** Files that were found damaged since the start. */
  readonly damaged: number;
  close(): void;
}

export interface FileWatchOptions {
  readonly registry: Registry;
  readonly channel: EventChannel;
  readonly log: Logger;
}

/** Files that nobody asks for are looked at this often. */
const scrubMs = 60 * 60_000;

/** The first look unpacks and compares with the manifest; from then on a digest of the bytes as they lie is enough. */
export const watchFiles = ({ registry, channel, log }: FileWatchOptions): FileWatch => {
  const sound = new Map<string, string>();
  const damaged = new Set<string>();

  const isPromised = async ({ name, version, path }: StoredPath, content: Buffer, packed: boolean) => {
    const manifest = registry.manifest(name, version);
    const { fragment } = manifest ?? {};
    const promised = fragment?.path === path ? fragment : manifest?.files.find((file) => file.path === path);
    if (!promised) return false;
    const plain = packed
      ? await promisify(brotliDecompress)(content, { maxOutputLength: promised.size + 1 }).catch(() => undefined)
      : content;
    return plain !== undefined && promised.integrity === `sha384-${digestOf(plain, 'sha384')}`;
  };

  const raiseAlarm = async (file: StoredPath, key: string) => {
    if (damaged.has(key)) return;
    damaged.add(key);
    const { name, version, path } = file;
    log.error({ mfe: name, version, path: key }, 'a stored file is not what was published');
    const reason = `${key} in the store is not what was published; deploy the version anew, or roll back`;
    const happened = cloudEvent({ type: 'shell.mfe-damaged.v1', source: '/shell', data: { name, version, path } });
    const data = { type: 'shell:deployment-alarm', detail: { kind: 'damaged', name, version, reason } };
    const told = cloudEvent({ type: 'shell.browser-event.v1', source: '/shell', data });
    await channel.append(subjects.mfe(name), [happened], { expect: 'any' });
    await channel.append(subjects.pushToStaff(), [told], { expect: 'any' });
  };

  const watch: FileWatch = {
    get damaged() {
      return damaged.size;
    },
    async isSound(file, content, packed) {
      const key = `${file.name}/${file.version}/${file.path}${packed ? '.br' : ''}`;
      const digest = digestOf(content, 'sha256');
      if (sound.get(key) === digest) return true;
      if (await isPromised(file, content, packed)) {
        sound.set(key, digest);
        damaged.delete(key);
        return true;
      }
      await raiseAlarm(file, key).catch((err: unknown) => log.error({ err }, 'the alarm could not be raised'));
      return false;
    },
    async scrub() {
      let count = 0;
      for (const deployment of Object.values(registry.deployments())) {
        for (const version of liveVersions(deployment)) {
          for (const { path } of registry.manifest(deployment.name, version)?.files ?? []) {
            const stored = await registry.file(deployment.name, version, path).catch(() => undefined);
            for (const [place, packed] of [[stored?.file, false] as const, [stored?.brotliFile, true] as const]) {
              if (place === undefined) continue;
              const content = await readFile(place).catch(() => Buffer.alloc(0));
              await watch.isSound({ name: deployment.name, version, path }, content, packed);
              count++;
            }
          }
        }
      }
      return count;
    },
    close() {
      clearInterval(timer);
      unlisten();
    },
  };
  const unlisten = registry.onDamage(({ name, version }) => {
    const file = { name, version, path: 'the whole build' };
    raiseAlarm(file, `${name}/${version}`).catch((err: unknown) => log.error({ err }, 'the alarm could not be raised'));
  });
  const timer = setInterval(() => {
    watch.scrub().catch((err: unknown) => log.error({ err }, 'the stored files could not be looked at'));
  }, scrubMs);
  timer.unref();
  return watch;
};

const digestOf = (content: Buffer, algorithm: 'sha256' | 'sha384'): string =>
  createHash(algorithm).update(content).digest('base64');
