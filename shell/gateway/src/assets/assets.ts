import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NotFound } from '@souk/service-kit';
import type { Registry, StoredFile } from '@souk/shell-registry';
import type { PageBuild } from '../page/page-build.ts';
import { acceptsBrotli } from '../page/pages.ts';

export interface AssetsOptions {
  readonly registry: Registry;
  readonly page: PageBuild;
  /** Folder of the page's build. */
  readonly pageDir: string;
}

/** A year: what stands under an address with a version in it never changes. */
const immutable = 'public, max-age=31536000, immutable';

/** `/assets/<owner>/<version>/<file>`, and the same files again under `/assets/retry-1` and `/assets/retry-2`. */
export const assetRoutes = (app: FastifyInstance, options: AssetsOptions): void => {
  const serve = async (request: FastifyRequest, reply: FastifyReply) => {
    const { owner, version, '*': path } = request.params as { owner: string; version: string; '*': string };
    const found = owner === 'shell' ? pageFile(options, version, path) : options.registry.file(owner, version, path);
    if (!found) throw new NotFound('no-such-file', 'there is no such file');
    const { file, type, packed } = pickEncoding(found, request.headers['accept-encoding']);
    const content = await readFile(file);
    return reply
      .headers({ 'content-type': withCharset(type), 'cache-control': immutable, vary: 'accept-encoding' })
      .headers(packed ? { 'content-encoding': 'br' } : {})
      .send(content);
  };
  app.get('/assets/:owner/:version/*', serve);
  app.get('/assets/retry-1/:owner/:version/*', serve);
  app.get('/assets/retry-2/:owner/:version/*', serve);
};

/** Only what `page.json` lists exists, so no path can lead out of the folder. */
const pageFile = ({ page, pageDir }: AssetsOptions, version: string, path: string): StoredFile | undefined => {
  const listed = page.files.find((file) => file.path === path);
  if (!listed || version !== page.version) return undefined;
  const file = join(pageDir, 'client', listed.path);
  const type = listed.type ?? (listed.path.endsWith('.css') ? 'text/css' : 'text/javascript');
  return { file, brotliFile: existsSync(`${file}.br`) ? `${file}.br` : undefined, type };
};

const pickEncoding = ({ file, brotliFile, type }: StoredFile, accepts: unknown) =>
  brotliFile && acceptsBrotli(accepts) ? { file: brotliFile, type, packed: true } : { file, type, packed: false };

const withCharset = (type: string): string =>
  type.startsWith('text/') || type === 'image/svg+xml' ? `${type}; charset=utf-8` : type;
