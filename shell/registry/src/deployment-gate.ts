import { evolveDeployment, liveVersions } from './domain/rollout.ts';
import type { DeploymentFact, Deployments, MfeDeployment } from './domain/rollout.ts';
import { ContractBroken } from './errors.ts';
import { checkDeployment } from './gate/check-deployment.ts';
import { gateInput } from './gate/contract-document.ts';
import type { ContractDocument, LiveParticipant } from './gate/contract-document.ts';
import type { MfeManifest } from './manifest.ts';

/** Finds the manifest of a version. */
export type ManifestOf = (name: string, version: string) => MfeManifest | undefined;

/** Everybody whose events cross the page: each version that some session may get, and the shell. */
export const contractDocument = (
  deployments: Deployments,
  manifestOf: ManifestOf,
  position: number,
  shell: LiveParticipant | undefined,
): ContractDocument => ({
  position,
  participants: [
    ...(shell === undefined ? [] : [shell]),
    ...Object.values(deployments)
      .flatMap((deployment) => liveVersions(deployment).map((version) => ({ deployment, version })))
      .flatMap(({ deployment: { name, stable, canary }, version }) => {
        const manifest = manifestOf(name, version);
        if (manifest === undefined) return [];
        const { owner, contract, routes } = manifest;
        const isCanary = version !== stable && canary !== undefined;
        return [{ name, version, owner, contract, routes, ...(isCanary && { canaryPercent: canary.percent }) }];
      }),
  ],
});

/**
 * Lets facts pass that leave the contract whole: each version that they make live, or stable, must fit everybody else.
 * @throws {ContractBroken}
 */
export const guardContract = (
  state: MfeDeployment,
  facts: readonly DeploymentFact[],
  document: ContractDocument,
  manifestOf: ManifestOf,
): void => {
  const time = new Date(0).toISOString();
  const next = facts.reduce((before, fact) => evolveDeployment(before, { ...fact, time }), state);
  const before = liveVersions(state);
  const wanted = liveVersions(next).filter((version) => !before.includes(version) || version !== state.stable);
  for (const version of wanted) {
    if (version === state.canary?.version && version !== next.stable) continue;
    const manifest = manifestOf(state.name, version);
    if (manifest === undefined) continue; // its files were lost, so it will not be on any page
    const isCanary = version !== next.stable;
    const problems = checkDeployment(gateInput(manifest, document, isCanary));
    if (problems.length > 0) throw new ContractBroken(state.name, version, problems);
  }
};
