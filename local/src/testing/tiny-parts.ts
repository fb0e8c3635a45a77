import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backend } from '@souk/service-kit';
import { writeTinyMfe, writeTinyPage } from '@souk/shell-gateway/testing';
import type { BackendPlan } from '../backends.ts';

/** Folders of a tiny page and two tiny micro frontends, in a new temporary folder. */
export const tinyParts = () => {
  const dir = mkdtempSync(join(tmpdir(), 'souk-local-'));
  return {
    dir,
    pageDir: writeTinyPage(dir),
    mfeDirs: [writeTinyMfe(dir, { name: 'tiny' }), writeTinyMfe(dir, { name: 'other' })],
  };
};

/** A backend that answers everything with its name. */
export const tinyBackend = (name: string, parts: Partial<Backend> = {}): BackendPlan => ({
  name,
  create: async () => ({
    name,
    handler: (_req, res) => void res.end(name),
    ready: async () => {},
    close: async () => {},
    ...parts,
  }),
});
