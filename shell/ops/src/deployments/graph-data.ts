import type { Participant } from './http.ts';

/** One type of event: who sends it, and who takes it. */
export interface ContractEdge {
  readonly type: string;
  readonly kind: 'event' | 'request';
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** The contract between the participants, by type; versions of one micro frontend count as one. */
export function edgesOf(participants: readonly Participant[]): readonly ContractEdge[] {
  const edges = new Map<string, { kind: ContractEdge['kind']; from: Set<string>; to: Set<string> }>();
  const note = (types: object | undefined, kind: ContractEdge['kind'], side: 'from' | 'to', name: string) => {
    for (const type of Object.keys(types ?? {})) {
      const edge = edges.get(type) ?? { kind, from: new Set(), to: new Set() };
      edge[side].add(name);
      edges.set(type, edge);
    }
  };
  for (const { name, contract } of participants) {
    note(contract.emits, 'event', 'from', name);
    note(contract.pushes, 'event', 'from', name);
    note(contract.listens, 'event', 'to', name);
    note(contract.requests, 'request', 'from', name);
    note(contract.handles, 'request', 'to', name);
  }
  return [...edges]
    .map(([type, { kind, from, to }]) => ({ type, kind, from: [...from].toSorted(), to: [...to].toSorted() }))
    .toSorted((a, b) => (a.type < b.type ? -1 : 1));
}
