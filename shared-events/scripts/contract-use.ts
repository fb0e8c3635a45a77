import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What one micro frontend, or the shell, says in its manifest about the events it sends and takes. */
export interface ContractUse {
  readonly name: string;
  readonly emits: readonly string[];
  /** Emitted by its backend, through the push stream. */
  readonly pushes: readonly string[];
  readonly listens: readonly string[];
  readonly requests: readonly string[];
  readonly handles: readonly string[];
}

/** Reads the manifests of the micro frontends and of the shell's pages. One without a manifest is left out. */
export async function readContractUse(root: string): Promise<readonly ContractUse[]> {
  const paths = ['mfe-*', 'shell/*'].flatMap((folders) => globSync(`${folders}/manifest.ts`, { cwd: root }).toSorted());
  const present = paths.map((path) => join(root, path)).filter((path) => existsSync(path));
  return Promise.all(present.map(readOne));
}

async function readOne(path: string): Promise<ContractUse> {
  const { manifest } = (await import(pathToFileURL(path).href)) as {
    manifest: { name: string; contract?: Partial<Omit<ContractUse, 'handles'>> & { handles?: object } };
  };
  const { emits = [], pushes = [], listens = [], requests = [], handles = {} } = manifest.contract ?? {};
  return { name: manifest.name, emits, pushes, listens, requests, handles: Object.keys(handles) };
}
