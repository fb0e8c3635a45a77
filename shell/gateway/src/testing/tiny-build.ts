import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** A micro frontend for tests: its files are written as they would come out of a build. */
export interface TinyMfe {
  readonly name: string;
  /** @default '1.0.0' */
  readonly version?: string;
  /** Path patterns of its routes. */
  readonly routes?: readonly string[];
  /** Title of each of them. @default 'The <name> page' */
  readonly title?: string;
  /** No slots, no handlers, no backend. */
  readonly pagesOnly?: boolean;
  /** Source of `server/fragment.js`. */
  readonly fragment?: string;
  /** Languages of its words. @default none */
  readonly languages?: readonly string[];
  /** Content of its one module. */
  readonly source?: string;
}

/** Writes a build folder of a micro frontend and returns its path. */
export const writeTinyMfe = (dir: string, mfe: TinyMfe): string => {
  const { name, version = '1.0.0', routes = [`/${name}`], languages = [], fragment } = mfe;
  const folder = join(dir, `${name}-${version}`);
  const source = mfe.source ?? `customElements.define('${name}-page', class extends HTMLElement {}); // ${version}`;
  const files = [
    write(folder, 'client', 'pages-abc.js', source),
    write(folder, 'client', 'chunk-def.js', 'export {};'),
    ...languages.map((language) => write(folder, 'client', `${language}-abc.js`, 'export {};')),
  ];
  for (const { path } of files) compress(join(folder, 'client', path), path === 'pages-abc.js' ? source : 'export {};');
  const manifest = {
    name,
    owner: `team-${name}`,
    importance: 'primary',
    version,
    entries: {
      pages: {
        ...{ file: 'pages-abc.js', imports: ['chunk-def.js'] },
        ...(languages.length > 0 && { words: Object.fromEntries(languages.map((each) => [each, `${each}-abc.js`])) }),
      },
    },
    elements: { [`${name}-page`]: 'pages' },
    routes: routes.map((path) => ({ path, element: `${name}-page`, title: mfe.title ?? `The ${name} page` })),
    slots: mfe.pagesOnly ? [] : [{ slot: 'header-end', element: `${name}-page`, order: 1 }],
    ...(mfe.pagesOnly ? {} : { api: `/api/${name}` }),
    contract: {
      ...{ emits: {}, pushes: {}, listens: {}, requests: {} },
      handles: mfe.pagesOnly ? {} : { [`${name}:do-it`]: { entry: 'pages', payload: {}, reply: {} } },
    },
    files,
    ...(fragment === undefined ? {} : { fragment: write(folder, '', 'server/fragment.js', fragment) }),
  };
  writeFileSync(join(folder, 'mfe.json'), JSON.stringify(manifest));
  return folder;
};

/** Writes a build folder of the page and returns its path. */
export const writeTinyPage = (dir: string): string => {
  const folder = join(dir, 'page');
  const files = [
    write(folder, 'client', 'main-abc.js', 'export const started = true;'),
    write(folder, 'client', 'page-abc.css', 'body { color: teal; }'),
  ];
  const page = {
    version: 'p1',
    script: 'main-abc.js',
    style: 'page-abc.css',
    imports: [],
    files,
  };
  writeFileSync(join(folder, 'page.json'), JSON.stringify(page));
  return folder;
};

/** Subresource integrity of some bytes. */
export const integrity = (content: string | Uint8Array): string =>
  `sha384-${createHash('sha384').update(content).digest('base64')}`;

const write = (folder: string, base: string, path: string, content: string) => {
  const file = join(folder, base, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  const type = path.endsWith('.css') ? 'text/css' : 'text/javascript';
  return { path, size: Buffer.byteLength(content), integrity: integrity(content), type };
};

const compress = (file: string, content: string): void => writeFileSync(`${file}.br`, brotliCompressSync(content));
