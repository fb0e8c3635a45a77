import { CommandFailed } from '../errors.ts';
import { plain } from '../events/query.ts';
import type { StaffRequest } from '../shop/as-staff.ts';
import { eachBackend } from '../upkeep/each-backend.ts';

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
  readonly traceId?: string;
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

/**
 * The path of a saga, and how it stands: every backend that has sagas is asked, or the one that is named, as in `cart/o_1-1`.
 * @throws {CommandFailed} none has it, or several do
 */
export async function findSaga(
  request: StaffRequest,
  url: string,
  name: string,
): Promise<{ readonly path: string; readonly saga: Saga }> {
  const [, backend, id = name] = /^([^/]+)[/](.+)$/.exec(name) ?? [];
  const below = `sagas/${encodeURIComponent(id)}`;
  const pathOf = (owner: string) => `/api/${owner}/${below}`;
  if (backend !== undefined) {
    const path = pathOf(encodeURIComponent(backend));
    return { path, saga: (await (await request(path)).json()) as Saga };
  }
  const { answers, missing } = await eachBackend<Saga>(request, url, below);
  const [[owner, saga] = [], ...others] = answers;
  if (owner === undefined || saga === undefined) {
    const silent = missing.length === 0 ? '' : `; not asked, as they do not answer: ${missing.join(', ')}`;
    throw new CommandFailed(`there is no saga "${id}"${silent}`);
  }
  if (others.length > 0) {
    const names = [...answers.keys()].map((each) => `${each}/${id}`).join(' or ');
    throw new CommandFailed(`several backends have a saga "${id}": say ${names}`);
  }
  return { path: pathOf(owner), saga };
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
  traceId,
}: Saga): string {
  const lines = [
    `${id}  ${definition.name} v${definition.version}  ${state}`,
    ...(reason === undefined ? [] : [`why            ${reason}`]),
    ...(next === undefined
      ? []
      : [`next           ${next.what}${next.dueAt === undefined ? '' : `, until ${next.dueAt}`}`]),
    ...(acts.length === 0 ? [] : [`may be done    ${acts.join(', ')}`]),
    `correlation    ${correlationId}`,
    ...(traceId === undefined ? [] : [`trace          ${traceId}`]),
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
