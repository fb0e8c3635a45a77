import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MfeContract, MfeManifest } from '../manifest.ts';

/** What differs from build to build. */
export interface BuildToWrite {
  /** @default 'tiny' */
  readonly name?: string;
  readonly version: string;
  readonly source?: string;
  readonly contract?: Partial<MfeContract>;
}

/** Writes a build folder with one module and returns its path. */
export const writeBuild = (
  dir: string,
  { name = 'tiny', version, source = 'export {};', contract = {} }: BuildToWrite,
): string => {
  const folder = join(dir, `${name}-${version}`);
  mkdirSync(join(folder, 'client'), { recursive: true });
  writeFileSync(join(folder, 'client', 'pages.js'), source);
  const integrity = `sha384-${createHash('sha384').update(source).digest('base64')}`;
  const manifest: MfeManifest = {
    name,
    owner: `team-${name}`,
    importance: 'regular',
    version,
    entries: { pages: { file: 'pages.js', imports: [] } },
    elements: { [`${name}-page`]: 'pages' },
    routes: [{ path: `/${name}/:id`, element: `${name}-page`, title: 'Tiny' }],
    slots: [],
    api: `/api/${name}`,
    contract: { emits: {}, pushes: {}, listens: {}, requests: {}, handles: {}, ...contract },
    files: [{ path: 'pages.js', size: Buffer.byteLength(source), integrity, type: 'text/javascript' }],
  };
  writeFileSync(join(folder, 'mfe.json'), JSON.stringify(manifest));
  return folder;
};

/** Rewrites `mfe.json` of a build folder. */
export const changeManifest = (folder: string, change: (manifest: MfeManifest) => object): void => {
  const file = join(folder, 'mfe.json');
  writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')) as MfeManifest)));
};
