// `npm run check`: what can be told without running the shop. Part of `npm test`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findMfes } from '../local/src/find-mfes.ts';
import { root } from './build.ts';
import { runSteps, type Step } from './steps.ts';

const tsc = (world: string): Step => ({
  name: `types: ${world}`,
  command: ['tsc', '-p', `tsconfig.${world}.json`],
});

/** An element whose framework has a language of its own is checked by the checker of that, as its package says. */
function ownTypes(folder: string): Step[] {
  const { scripts } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as PackageFile;
  return scripts?.check ? [{ name: `types: ${folder}`, command: scripts.check.split(' '), cwd: folder }] : [];
}

interface PackageFile {
  readonly scripts?: Readonly<Record<string, string>>;
}

/** Everything that reads the sources and runs none of them. */
export const checks: readonly Step[] = [
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--quiet'] },
  ...['neutral', 'node', 'browser', 'e2e'].map(tsc),
  ...findMfes(root).flatMap(ownTypes),
  {
    name: 'import rules',
    command: ['depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...sources()],
  },
  { name: 'nothing unused', command: ['knip', '--no-progress'] },
  { name: 'contract is fresh', command: ['node', 'shared-events/scripts/generate.ts', '--check'] },
  { name: 'packages for other repositories', command: ['node', 'scripts/pack.ts', '--check'] },
  { name: 'pictures are fresh', command: ['node', 'mfe-catalog/backend/goods/draw.ts', '--check'] },
];

/** Every folder whose imports are looked at. */
export function sources(): string[] {
  return [
    'shared-events',
    'event-channel',
    'service-kit',
    ...findMfes(root).filter((folder) => folder.startsWith('mfe-')),
    'shell',
    'local',
    'split',
    'e2e',
    'bench',
  ];
}

if (import.meta.main) {
  const { passed, failed } = await runSteps(checks);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}
