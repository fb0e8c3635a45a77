import { readFileSync } from 'node:fs';

/** Version of the code that this process runs: that of the project's `package.json`. */
export const release = (): string => {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
};
