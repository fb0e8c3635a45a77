import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Rolldown } from 'vite';
import type { BuiltEntry, BuiltFile } from './manifest.ts';

/** The build gave something that the shop cannot serve. */
export class BuildRefused extends Error {
  readonly code = 'build-refused';
  constructor(message: string) {
    super(message);
    this.name = 'BuildRefused';
  }
}

/** What a build gave, and the hash that names its content. */
export interface BuildDescription {
  readonly entries: Readonly<Record<string, BuiltEntry>>;
  readonly files: readonly BuiltFile[];
  readonly fragment?: BuiltFile;
  /** First 8 hex digits of the SHA-256 over every file and over `alsoCovers`. */
  readonly contentHash: (alsoCovers?: unknown) => string;
}

/**
 * Describes a finished build and writes a brotli copy beside each client file.
 *
 * @throws {BuildRefused} when a file has a type that the gateway does not serve, or when a style sheet was
 * extracted: elements adopt their sheets (`import css from './x.css?inline'`), nobody would load the file.
 */
export const describeBuild = async ({
  dist,
  output,
  hasFragment = false,
  hasStyles = false,
}: DescribeOptions): Promise<BuildDescription> => {
  const chunks = new Map(output.output.filter((part) => part.type === 'chunk').map((chunk) => [chunk.fileName, chunk]));
  const stylesOnly = output.output.filter((part) => part.type === 'chunk' && part.facadeModuleId?.endsWith('.css'));
  const paths = output.output
    .filter((part) => !stylesOnly.includes(part))
    .map((part) => part.fileName)
    .toSorted();
  const sheet = paths.find((path) => path.endsWith('.css'));
  if (sheet && !hasStyles) throw new BuildRefused(`${sheet}: import the style sheet with "?inline" and adopt it`);
  const files = await Promise.all(paths.map((path) => describeFile(join(dist, 'client'), path)));
  for (const { path } of files) await compress(join(dist, 'client', path));
  const fragment = hasFragment ? { fragment: await describeFile(dist, 'server/fragment.js') } : {};
  const entries = Object.fromEntries(
    [...chunks.values()]
      .filter((chunk) => chunk.isEntry && !stylesOnly.includes(chunk))
      .map((chunk) => [chunk.name, describeEntry(chunk, chunks)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  const contentHash = (alsoCovers?: unknown) =>
    createHash('sha256')
      .update(JSON.stringify({ files, entries, ...fragment, alsoCovers }))
      .digest('hex')
      .slice(0, 8);
  return { entries, files, ...fragment, contentHash };
};

/** Where the build lies and what it gave. */
export interface DescribeOptions {
  readonly dist: string;
  readonly output: Rolldown.RolldownOutput;
  readonly hasFragment?: boolean;
  /** Extracted style sheets are wanted. @default false */
  readonly hasStyles?: boolean;
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
};

const describeFile = async (base: string, path: string): Promise<BuiltFile> => {
  const type = mediaTypes[extname(path)];
  if (type === undefined) throw new BuildRefused(`${path}: the gateway serves no files of this type`);
  const content = await readFile(join(base, path));
  const integrity = `sha384-${createHash('sha384').update(content).digest('base64')}`;
  return { path, size: content.length, integrity, type };
};

const brotli = promisify(brotliCompress);

const compress = async (file: string): Promise<void> => {
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  await writeFile(`${file}.br`, await brotli(await readFile(file), { params }));
};

const describeEntry = (entry: Rolldown.OutputChunk, chunks: ReadonlyMap<string, Rolldown.OutputChunk>): BuiltEntry => {
  const imports = staticImports(entry, chunks);
  const later = [entry.fileName, ...imports].flatMap((name) => chunks.get(name)?.dynamicImports ?? []);
  const words = later.flatMap((file) => {
    const [, language] = /\/src\/words\/([a-z]{2})\.ts$/.exec(chunks.get(file)?.facadeModuleId ?? '') ?? [];
    return language === undefined ? [] : [[language, file] as const];
  });
  return { file: entry.fileName, imports, ...(words.length > 0 && { words: Object.fromEntries(words.toSorted()) }) };
};

const staticImports = (
  entry: Rolldown.OutputChunk,
  chunks: ReadonlyMap<string, Rolldown.OutputChunk>,
): readonly string[] => {
  const found = new Set<string>();
  const visit = (chunk: Rolldown.OutputChunk) => {
    for (const name of chunk.imports) {
      const next = chunks.get(name);
      if (next === undefined || found.has(name)) continue;
      found.add(name);
      visit(next);
    }
  };
  visit(entry);
  return [...found].toSorted();
};
