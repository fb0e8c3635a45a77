import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { packTar } from 'modern-tar';
import type { Build } from './build-folder.ts';

/** A build as one `tar.gz`, as it is uploaded and stored: the same build gives the same bytes. */
export const packBuild = async ({ manifest, files }: Build): Promise<Buffer> => {
  const all = [{ path: 'mfe.json', content: Buffer.from(JSON.stringify(manifest)) }, ...files];
  const tar = await packTar(
    all.map(({ path, content }) => ({
      header: { name: path.replaceAll('\\', '/'), size: content.length, type: 'file' as const, mtime: new Date(0) },
      body: content,
    })),
  );
  return promisify(gzip)(tar);
};
