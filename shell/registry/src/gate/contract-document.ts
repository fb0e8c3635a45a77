import type { GateInput, Participant } from './check-deployment.ts';

/** Who takes part in the contract right now, as `GET /registry/contract` tells it: the graph of who sends what to whom. */
export interface ContractDocument {
  /** Position of the last deployment in stream `shell` that it knows. */
  readonly position: number;
  readonly participants: readonly LiveParticipant[];
}

/** A version that some session may get, or the shell. */
export interface LiveParticipant extends Participant {
  readonly owner: string;
  /** Percent of the sessions that get it; absent for a stable version. */
  readonly canaryPercent?: number;
}

/**
 * What a version meets when it goes live: everybody else, and of its own micro frontend the versions that it replaces, or
 * that stay beside it when it goes to a canary. Pure.
 * @param isCanary whether only a part of the sessions is to get it
 */
export const gateInput = (candidate: Participant, document: ContractDocument, isCanary: boolean): GateInput => {
  const own = document.participants.filter(({ name }) => name === candidate.name);
  const others = document.participants.filter(({ name }) => name !== candidate.name);
  const stable = own.filter(
    ({ canaryPercent, version }) => canaryPercent === undefined && version !== candidate.version,
  );
  return { candidate, live: others, replaced: isCanary ? [] : own, beside: isCanary ? stable : [] };
};
