import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';

const entry = join(import.meta.dirname, 'entry-of-measured-bundle.js');
const browser = join(import.meta.dirname, '../src/browser/index.ts');

/** Bundles a module as a micro frontend would be, minified, and says how large it is. Writes nothing to disk. */
export async function measureBundle(code: string): Promise<{ source: string; bytes: number; brotliBytes: number }> {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@souk/shared-events/browser': browser } },
    plugins: [
      {
        name: 'measured-entry',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? code : undefined),
      },
    ],
    build: { write: false, minify: true, target: 'es2022', modulePreload: false, rollupOptions: { input: entry } },
  });
  const first = [output].flat().flatMap((part) => ('output' in part ? part.output : []))[0];
  if (first?.type !== 'chunk') throw new Error('the bundle has no chunk');
  return {
    source: first.code,
    bytes: Buffer.byteLength(first.code),
    brotliBytes: brotliCompressSync(first.code).length,
  };
}
