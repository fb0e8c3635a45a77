import { globSync, statSync } from 'node:fs';

/** The file that a name with a `*` means: of those that fit the one that was written last; a plain name means itself. */
export function newestFile(name: string): string {
  if (!name.includes('*')) return name;
  const found = globSync(name).map((file) => ({
    file,
    writtenMs: Math.max(writtenAt(file), writtenAt(`${file}-wal`)),
  }));
  return found.toSorted((one, other) => other.writtenMs - one.writtenMs)[0]?.file ?? name;
}

/** What SQLite has not yet put into the file stands in its write-ahead log. Milliseconds since 1970; 0 = not there. */
function writtenAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
