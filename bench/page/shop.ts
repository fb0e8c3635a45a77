/**
 * The whole shop in a process of its own, on a free port and an empty folder. `STATIC_FILE` names a text that it serves as
 * one more file beside those of the micro frontends, at {@link staticPath}.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTinyMfe } from '@souk/shell-gateway/testing';
import { findMfes, repository } from '../../local/src/find-mfes.ts';
import { main } from '../../local/src/main.ts';

const { STATIC_FILE } = process.env;
const mfeDirs = findMfes(repository).map((mfe) => join(repository, mfe, 'dist'));
if (STATIC_FILE) {
  const dir = mkdtempSync(join(tmpdir(), 'souk-bench-static-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  // Pages of the staff alone, so that it is no part of anybody's document.
  // A comment, since the registry takes nothing for a module that is none.
  const source = `/*${readFileSync(STATIC_FILE, 'utf8').replaceAll('*/', '')}*/export {};`;
  mfeDirs.push(writeTinyMfe(dir, { name: 'weight', pagesOnly: true, routes: ['/ops/weight'], source }));
}
await main(process.env, { mfeDirs });
