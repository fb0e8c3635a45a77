import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NotFound, Unavailable } from '@souk/service-kit';
import type { Registry } from '@souk/shell-registry';
import type { PageBuild } from '../page/page-build.ts';
import { acceptsBrotli } from '../page/pages.ts';
import type { FileWatch } from './file-watch.ts';

export interface AssetsOptions {
  readonly registry: Registry;
  readonly page: PageBuild;
  readonly files: FileWatch;
  /** Folder of the page's build. */
  readonly pageDir: string;
}

interface Asset {
  readonly content: Buffer;
  readonly type: string;
  /** Whether the content is packed with brotli. */
  readonly packed: boolean;
}

/** A year: what stands under an address with a version in it never changes. */
const immutable = 'public, max-age=31536000, immutable';

/** `/assets/<owner>/<version>/<file>`, and the same files again under `/assets/retry-1` and `/assets/retry-2`. */
export const assetRoutes = (app: FastifyInstance, { registry, page, pageDir, files }: AssetsOptions): void => {
  const ownFiles = readOwnFiles(page, pageDir);

  /** Only what `page.json` lists exists, so no path can lead out of the folder. */
  const pageFile = (version: string, path: string, packing: boolean): Asset | undefined => {
    const own = version === page.version ? ownFiles.get(path) : undefined;
    return own && (packing && own.packed ? own.packed : own.plain);
  };

  const storedFile = async (owner: string, version: string, path: string, packing: boolean) => {
    const stored = await registry.file(owner, version, path);
    if (!stored) return undefined;
    const { file, brotliFile, type } = stored;
    // Each of the two copies stands in for the other.
    const copies = [
      ...(packing && brotliFile !== undefined ? [[brotliFile, true] as const] : []),
      [file, false] as const,
    ];
    const soundOne = async () => {
      for (const [place, packed] of copies) {
        const content = await readFile(place).catch(() => Buffer.alloc(0));
        if (await files.isSound({ name: owner, version, path }, content, packed)) return { content, type, packed };
      }
      return undefined;
    };
    const asset = (await soundOne()) ?? ((await registry.renew(owner, version)) ? await soundOne() : undefined);
    if (asset) return asset;
    // Never under a header that lets it be kept for a year.
    throw new Unavailable('damaged-file', 'this file is damaged; the shop has been told');
  };

  const serve = async (request: FastifyRequest, reply: FastifyReply) => {
    const { owner, version, '*': path } = request.params as { owner: string; version: string; '*': string };
    const packing = acceptsBrotli(request.headers['accept-encoding']);
    const found =
      owner === 'shell' ? pageFile(version, path, packing) : await storedFile(owner, version, path, packing);
    if (!found) throw new NotFound('no-such-file', 'there is no such file');
    const { content, type, packed } = found;
    return reply
      .headers({ 'content-type': withCharset(type), 'cache-control': immutable, vary: 'accept-encoding' })
      .headers(packed ? { 'content-encoding': 'br' } : {})
      .send(content);
  };
  app.get('/assets/:owner/:version/*', serve);
  app.get('/assets/retry-1/:owner/:version/*', serve);
  app.get('/assets/retry-2/:owner/:version/*', serve);
};

/**
 * The page's files, kept in memory: unlike a micro frontend, the page is served from where it is built, and a build
 * must not take the files away from the pages that a running shop has given out.
 */
const readOwnFiles = (page: PageBuild, pageDir: string): Map<string, { plain: Asset; packed: Asset | undefined }> =>
  new Map(
    page.files.map(({ path, type = path.endsWith('.css') ? 'text/css' : 'text/javascript' }) => {
      const file = join(pageDir, 'client', path);
      const plain = { content: readFileSync(file), type, packed: false };
      const packed = existsSync(`${file}.br`) ? { content: readFileSync(`${file}.br`), type, packed: true } : undefined;
      return [path, { plain, packed }];
    }),
  );

const withCharset = (type: string): string =>
  type.startsWith('text/') || type === 'image/svg+xml' ? `${type}; charset=utf-8` : type;
