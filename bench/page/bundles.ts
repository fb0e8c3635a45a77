import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/build.ts';

/** Bytes of an entry with what it imports at once and its English words, as built for brotli; what waits for intent is not among them. */
export function entryBytes(mfe: string, entry: string): number {
  const dist = join(root, `mfe-${mfe}`, 'dist');
  const { entries } = JSON.parse(readFileSync(join(dist, 'mfe.json'), 'utf8')) as {
    entries: Record<string, { file: string; imports?: string[]; words?: { en?: string } }>;
  };
  const { file, imports = [], words } = entries[entry]!;
  return [file, ...imports, ...(words?.en ? [words.en] : [])].reduce(
    (sum, each) => sum + statSync(join(dist, 'client', `${each}.br`)).size,
    0,
  );
}
