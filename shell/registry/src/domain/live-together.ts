import { createHash } from 'node:crypto';
import type { Deployments, MfeDeployment } from './rollout.ts';

/** The version of each micro frontend that one page is made of, by name. */
export type Versions = Readonly<Record<string, string>>;

/** A set of versions that some session could get. */
export interface LiveSet {
  /** What pages and their reports carry: {@link deploymentIdOf}. */
  readonly id: string;
  readonly versions: Versions;
}

/** Names a set of versions: 12 hex digits, the same wherever and whenever it is composed. */
export const deploymentIdOf = (versions: Versions): string =>
  createHash('sha256')
    .update(
      Object.entries(versions)
        .map(([name, version]) => `${name}@${version}`)
        .toSorted()
        .join('\n'),
    )
    .digest('hex')
    .slice(0, 12);

/** With more canaries at a time than this, only the sets of the first ones are told: each doubles their number. */
const mostCanaries = 10;

/** Every set of versions that sessions could get, by who is in which canary; the one without any canary first. Pure. */
export const liveSets = (deployments: Deployments): readonly LiveSet[] => {
  let sets: readonly Versions[] = [{}];
  let canaries = 0;
  for (const mfe of Object.values(deployments)) {
    const choices = choicesOf(mfe, canaries < mostCanaries);
    if (mfe.canary) canaries++;
    sets = choices.flatMap((version) =>
      version === undefined ? sets : sets.map((set) => ({ ...set, [mfe.name]: version })),
    );
  }
  return sets.map((versions) => ({ id: deploymentIdOf(versions), versions }));
};

const choicesOf = ({ stable, canary }: MfeDeployment, withCanary: boolean): readonly (string | undefined)[] => {
  if (canary === undefined || !withCanary) return [stable];
  return canary.percent === 100 ? [canary.version] : [stable, canary.version];
};
