import { createHash } from 'node:crypto';
import type { Build } from '../build-folder.ts';
import type { MfeManifest } from '../manifest.ts';

/**
 * Where builds are kept, named by their content and never changed after they appear. Whoever reads a build has it in a folder
 * of this machine: in the folder adapter that is where it is kept, else a copy that was checked to the last byte.
 */
export interface Artifacts {
  /** Keeps a build, whole or not at all, also over a crash. @returns its name */
  add(build: Build): Promise<string>;
  /**
   * Has a build at hand: from then on {@link manifest} knows it and {@link folder} has its files.
   * @returns whether there is such a build
   * @throws {DamagedArtifact} what is kept under this name is something else
   * @throws {ArtifactsUnavailable} the store does not answer
   */
  bring(artifact: string): Promise<boolean>;
  /** Puts sound files in the place of those at hand. @returns `false` where there is nothing but these; throws as `bring` */
  renew(artifact: string): Promise<boolean>;
  /** The manifest of a build at hand; `undefined` when there is none, or none that today's registry can read. */
  manifest(artifact: string): MfeManifest | undefined;
  /** Folder of a build at hand. */
  folder(artifact: string): string;
  /**
   * Deletes what is half written, and builds that nobody knows: left over from a process that died, or from a refused upload.
   * @param minAgeMs younger ones may be those of another process that is busy with them, in milliseconds
   */
  prune(isKnown: (artifact: string) => boolean, minAgeMs: number): Promise<void>;
  close(): Promise<void>;
}

/** Name of a build: SHA-256 (hex) of its canonical manifest, which holds the hash of every file. */
export const artifactOf = (manifest: MfeManifest): string =>
  createHash('sha256').update(canonicalJson(manifest)).digest('hex');

/** JSON with the members of each object in the order of their names. */
export const canonicalJson = (value: unknown): string => JSON.stringify(value, sortMembers);

const sortMembers = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;
