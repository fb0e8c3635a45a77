// The contract gate by itself: pure, so that it runs in the registry and at a team's desk alike.
export type { GateInput, GateProblem, Participant } from './check-deployment.ts';
export type { ContractDocument, LiveParticipant } from './contract-document.ts';

export { checkDeployment } from './check-deployment.ts';
export { gateInput } from './contract-document.ts';
