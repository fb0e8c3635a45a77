// `npm run check`: what can be told without running the shop. Part of `npm test`.
import { runSteps, type Step } from './steps.ts';

const tsc = (world: string): Step => ({
  name: `types: ${world}`,
  command: ['tsc', '-p', `tsconfig.${world}.json`],
});

/** Everything that reads the sources and runs none of them. */
export const checks: readonly Step[] = [
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--quiet'] },
  ...['neutral', 'node', 'browser', 'e2e'].map(tsc),
  { name: 'types: svelte', command: ['svelte-check', '--fail-on-warnings', '--output', 'human'], cwd: 'mfe-cart' },
  { name: 'types: vue', command: ['vue-tsc', '--noEmit', '-p', 'tsconfig.json'], cwd: 'mfe-chat' },
  {
    name: 'import rules',
    command: ['depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...sources()],
  },
  { name: 'nothing unused', command: ['knip', '--no-progress'] },
  { name: 'contract is fresh', command: ['node', 'shared-events/scripts/generate.ts', '--check'] },
  { name: 'pictures are fresh', command: ['node', 'mfe-catalog/backend/goods/draw.ts', '--check'] },
];

/** Every folder whose imports are looked at. */
export function sources(): string[] {
  return [
    'shared-events',
    'event-channel',
    'service-kit',
    'mfe-catalog',
    'mfe-cart',
    'mfe-chat',
    'shell',
    'local',
    'e2e',
    'bench',
  ];
}

if (import.meta.main) {
  const { passed, failed } = await runSteps(checks);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}
