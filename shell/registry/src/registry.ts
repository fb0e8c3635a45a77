import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { CloudEvent, EventChannel } from '@souk/event-channel';
import { cloudEvent } from '@souk/service-kit';
import { readBuild } from './build-folder.ts';
import { VersionTaken } from './errors.ts';
import { discoveryDocument } from './frontends.ts';
import type { FrontendDiscovery } from './frontends.ts';
import type { MfeManifest } from './manifest.ts';
import { versionStore } from './store.ts';

/** What a deployment was: a version that became the live one of its micro frontend. */
export interface Published {
  readonly manifest: MfeManifest;
  /** `false` when this very version was live already and nothing was done. */
  readonly changed: boolean;
}

/** A file on disk that never changes. */
export interface StoredFile {
  /** Absolute path of the bytes. */
  readonly file: string;
  /** Absolute path of their brotli copy, if there is one. */
  readonly brotliFile: string | undefined;
  /** Media type. */
  readonly type: string;
}

/** Knows which versions of which micro frontends exist and which of them is live. */
export interface Registry {
  /**
   * Checks a build folder, keeps its content for ever and makes it the live version. Publishing an older version
   * again makes that one live; publishing the live one does nothing.
   * @throws {InvalidManifest}
   * @throws {WrongContent}
   * @throws {VersionTaken}
   */
  publish(folder: string): Promise<Published>;
  /** Manifests of the live versions, by name. */
  live(): readonly MfeManifest[];
  /** A browser file of any stored version; only what its manifest names. All arguments may come from a URL. */
  file(mfe: string, version: string, path: string): StoredFile | undefined;
  /** Absolute path of the server entry of a live version; `undefined` when it has none. */
  fragment(mfe: string): string | undefined;
  /** Discovery document of what is live. @param base origin that is put before each address; none by default */
  frontends(base?: string): FrontendDiscovery;
}

export interface RegistryOptions {
  readonly channel: EventChannel;
  /** Folder of the stored versions: `<dataDir>/registry`. */
  readonly dir: string;
}

/** Type of the event that makes a version live; the last one on `shell.mfe.<name>` wins. */
const publishedType = 'shell.mfe-published.v1';
type MfePublished = CloudEvent<typeof publishedType, { readonly name: string; readonly version: string }>;

/** Opens the registry and reads from the log which versions are live. */
export const createRegistry = async ({ channel, dir }: RegistryOptions): Promise<Registry> => {
  const store = versionStore(dir);
  const live = new Map<string, MfeManifest>();

  const makeLive = (name: string, version: string) => {
    const manifest = store.manifest(name, version);
    // The log may know a version whose folder was lost with the disk: that MFE is missing, the others are served.
    if (manifest) live.set(name, manifest);
    else live.delete(name);
  };
  for await (const { event } of channel.read('shell.mfe.>')) {
    if (event.type !== publishedType) continue;
    const { name, version } = (event as MfePublished).data;
    makeLive(name, version);
  }

  return {
    async publish(folder) {
      const build = await readBuild(folder);
      const { name, version, owner } = build.manifest;
      const isNew = await store.add(build);
      if (!isNew && !isDeepStrictEqual(store.manifest(name, version), build.manifest)) {
        throw new VersionTaken(name, version);
      }
      if (live.get(name)?.version === version) return { manifest: build.manifest, changed: false };
      const event = cloudEvent({ type: publishedType, source: '/shell', data: { name, version, owner } });
      await channel.append(`shell.mfe.${name}`, [event], { expect: 'any' });
      makeLive(name, version);
      return { manifest: build.manifest, changed: true };
    },
    live: () => [...live.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    file(mfe, version, path) {
      const found = store.manifest(mfe, version)?.files.find((candidate) => candidate.path === path);
      if (!found) return undefined;
      const file = join(store.folder(mfe, version), 'client', found.path);
      return { file, brotliFile: existsSync(`${file}.br`) ? `${file}.br` : undefined, type: found.type };
    },
    fragment(mfe) {
      const manifest = live.get(mfe);
      return manifest?.fragment && join(store.folder(mfe, manifest.version), manifest.fragment.path);
    },
    frontends: (base = '') => discoveryDocument([...live.values()], base),
  };
};
