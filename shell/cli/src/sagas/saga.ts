import { plain } from '../events/query.ts';

/** The one backend that has sagas. */
export const sagasPath = '/api/cart/sagas';

/** A page of sagas, as far as the command line shows it. */
export interface SagaList {
  readonly counts: Readonly<Record<string, number>>;
  readonly total: number;
  readonly sagas: readonly {
    readonly id: string;
    readonly definition: string;
    readonly state: string;
    readonly step?: string;
    readonly updatedAt: string;
    readonly reason?: string;
  }[];
}

/** One saga, as far as the command line shows it. */
export interface Saga {
  readonly id: string;
  readonly definition: { readonly name: string; readonly version: number };
  readonly state: string;
  readonly reason?: string;
  readonly correlationId: string;
  readonly steps: readonly {
    readonly name: string;
    readonly state: string;
    readonly attempts: readonly {
      readonly kind: string;
      readonly attempt: number;
      readonly outcome?: string;
      readonly reason?: string;
    }[];
  }[];
  readonly timeline: readonly { readonly time: string; readonly title: string; readonly type: string }[];
  readonly next?: { readonly what: string; readonly dueAt?: string };
  readonly acts: readonly string[];
  readonly revision: number;
}

/** A saga for people. */
export function describeSaga({
  id,
  definition,
  state,
  reason,
  steps,
  timeline,
  next,
  acts,
  correlationId,
}: Saga): string {
  const lines = [
    `${id}  ${definition.name} v${definition.version}  ${state}`,
    ...(reason === undefined ? [] : [`why            ${reason}`]),
    ...(next === undefined
      ? []
      : [`next           ${next.what}${next.dueAt === undefined ? '' : `, until ${next.dueAt}`}`]),
    ...(acts.length === 0 ? [] : [`may be done    ${acts.join(', ')}`]),
    `correlation    ${correlationId}`,
    '',
    ...steps.flatMap(({ name, state: stands, attempts }) => [
      `${name}: ${stands}`,
      ...attempts.map(({ kind, attempt, outcome = 'under way', reason: because }) => {
        const what = kind === 'compensation' ? 'undo, attempt' : 'attempt';
        return `  ${what} ${attempt}: ${outcome}${because === undefined ? '' : ` (${because})`}`;
      }),
    ]),
    '',
    ...timeline.map(({ time, title, type }) => `${time}  ${title === 'Sent' ? `Sent ${type}` : title}`),
  ];
  return lines.map(plain).join('\n');
}
