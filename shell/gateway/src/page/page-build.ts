import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LiveParticipant } from '@souk/shell-registry';

/** `page.json`: what the build of the page gave. Paths are relative to `client/`. */
export interface PageBuild {
  readonly version: string;
  readonly script: string;
  readonly style: string;
  /** Static imports of the script. */
  readonly imports: readonly string[];
  readonly files: readonly {
    readonly path: string;
    readonly size: number;
    readonly integrity: string;
    readonly type?: string;
  }[];
  /** What the shell itself sends and takes on the page. */
  readonly contract?: LiveParticipant['contract'];
}

/** The page has not been built, or not as this gateway needs it. */
export class PageNotBuilt extends Error {
  readonly code = 'page-not-built';
  constructor(path: string, options?: ErrorOptions) {
    super(`${path} is missing or not readable; build the page first: pnpm --filter @souk/shell-page build`, options);
    this.name = 'PageNotBuilt';
  }
}

/**
 * Reads the build of the page.
 * @param pageDir its `dist/` folder
 * @throws {PageNotBuilt}
 */
export const readPageBuild = (pageDir: string): PageBuild => {
  const path = join(pageDir, 'page.json');
  try {
    const build = JSON.parse(readFileSync(path, 'utf8')) as PageBuild;
    for (const file of [build.script, build.style]) integrityOf(build, file);
    return build;
  } catch (cause) {
    throw new PageNotBuilt(path, { cause });
  }
};

/**
 * The shell as it takes part in the contract between micro frontends; `undefined` when its build does not say.
 * @throws {PageNotBuilt}
 */
export const shellParticipant = (pageDir: string): LiveParticipant | undefined => {
  const { version, contract } = readPageBuild(pageDir);
  return contract && { name: 'shell', owner: 'team-shell', version, contract, routes: [] };
};

/** Integrity of a file of the page. */
export const integrityOf = (build: PageBuild, path: string): string => {
  const file = build.files.find((candidate) => candidate.path === path);
  if (!file) throw new Error(`page.json does not list ${path}`);
  return file.integrity;
};
