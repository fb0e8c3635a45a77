import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownCopy } from '../../support/own-copy.ts';
import type { Shop } from '../../support/shop.ts';
import type { Workspace } from '../../support/workspace.ts';

const repository = join(import.meta.dirname, '../../..');

/** A team with a folder of its own, in which it changes what it likes, and a token for its micro frontend. */
export interface Team {
  /** Replaces text in a source file of its micro frontend; what it replaces must be there. */
  change(path: string, from: string, to: string): void;
  /** Builds it. @returns milliseconds that took */
  build(): Promise<number>;
  /** The version that was built last. */
  version(): string;
  /**
   * Runs `souk` with the token of the team, as a process of its own in the folder of its micro frontend.
   * @throws Error with what it printed, when it fails
   */
  souk(...args: readonly string[]): Promise<Told>;
  /** Folder of the build. */
  readonly dist: string;
  readonly token: string;
}

/** What a command said, and how long it took. */
export interface Told {
  /** From the start of the process to its end, in milliseconds. */
  readonly tookMs: number;
  readonly text: string;
}

/** Gives `mfe-cart` of the workspace a folder of its own in place of the link. */
export function openTeam({ folder, run }: Workspace, { url }: Shop, token: string): Team {
  const place = ownCopy(folder, 'mfe-cart');
  const dist = join(place, 'dist');

  return {
    ...{ dist, token },
    change(path, from, to) {
      const file = join(place, path);
      const text = readFileSync(file, 'utf8');
      if (!text.includes(from)) throw new Error(`${path} has no “${from}”`);
      writeFileSync(file, text.replace(from, to));
    },
    async build() {
      const begun = performance.now();
      await run('mfe-cart', ['vite', 'build']);
      return performance.now() - begun;
    },
    version: () => (JSON.parse(readFileSync(join(dist, 'mfe.json'), 'utf8')) as { version: string }).version,
    async souk(...args) {
      const begun = performance.now();
      const script = join(repository, 'shell/cli/src/main.ts');
      const text = await run('mfe-cart', [process.execPath, script, ...args, '--url', url], { SOUK_TOKEN: token });
      return { tookMs: performance.now() - begun, text: text.trim() };
    },
  };
}

/** A build as it is sent: a `tar.gz` of its folder. */
export async function pack(dist: string): Promise<Uint8Array<ArrayBuffer>> {
  const child = spawn('tar', ['-czf', '-', '--format=ustar', 'mfe.json', 'client', 'server'], { cwd: dist });
  const parts: Buffer[] = [];
  for await (const part of child.stdout) parts.push(part as Buffer);
  return new Uint8Array(Buffer.concat(parts));
}
