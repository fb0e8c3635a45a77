import type { GateProblem } from '@souk/shell-registry/gate';

/** What the gate has against a version: one paragraph each, with what to do. */
export function describeProblems(problems: readonly GateProblem[]): string {
  return problems.map(({ message, todo }) => `✗ ${message}\n  → ${todo}`).join('\n');
}
