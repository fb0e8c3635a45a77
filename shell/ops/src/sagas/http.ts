import { request } from '../http/request.ts';
import { namesOfBackends, namesWithSagas } from './backends.ts';

/** Where a saga stands. */
export type SagaStatus = (typeof statuses)[number];
/** In the order in which somebody must look at them. */
export const statuses = ['parked', 'compensating', 'running', 'failed', 'completed'] as const;
/** What an operator may do. */
export type SagaAct = 'retry' | 'skip' | 'resolve' | 'resume';

/** Which saga, and whose. */
export interface SagaPlace {
  readonly backend: string;
  readonly id: string;
}

/** A saga in the list. */
export interface SagaLine extends SagaPlace {
  readonly definition: string;
  readonly version: number;
  readonly state: SagaStatus;
  readonly step?: string;
  readonly attempt?: number;
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly reason?: string;
}

/** A page of sagas, and how many are in each state. */
export interface SagaList {
  readonly counts: Readonly<Record<SagaStatus, number>>;
  readonly total: number;
  readonly page: number;
  readonly lastPage: number;
  readonly sagas: readonly SagaLine[];
}

/** An event that a saga has sent or got. */
export interface SagaMessage {
  readonly id: string;
  readonly type: string;
  readonly position: number;
  readonly data: unknown;
}

/** One try of a step, or of undoing it. */
export interface SagaAttempt {
  readonly kind: 'forward' | 'compensation';
  readonly attempt: number;
  /** Above 1 when an operator had the step done again. */
  readonly round?: number;
  readonly startedAt: string;
  readonly dueAt: string;
  readonly endedAt?: string;
  readonly outcome?: 'succeeded' | 'failed' | 'timed-out';
  readonly reason?: string;
  readonly command?: SagaMessage;
  readonly reply?: SagaMessage;
}

/** A step, and what became of it. */
export interface SagaStep {
  readonly name: string;
  readonly state:
    'waiting' | 'running' | 'succeeded' | 'failed' | 'skipped' | 'compensating' | 'compensated' | 'parked';
  readonly attempts: readonly SagaAttempt[];
}

/** One saga with everything that happened to it. */
export interface Saga extends SagaPlace {
  readonly definition: {
    readonly name: string;
    readonly version: number;
    readonly steps: readonly {
      readonly name: string;
      readonly timeoutMs: number;
      readonly maxAttempts: number;
      readonly compensation: boolean;
    }[];
  };
  readonly state: SagaStatus;
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly endedAt?: string;
  readonly reason?: string;
  readonly traceId?: string;
  readonly correlationId: string;
  readonly data?: unknown;
  readonly steps: readonly SagaStep[];
  readonly timeline: readonly {
    readonly position: number;
    readonly time: string;
    readonly type: string;
    readonly title: string;
    readonly eventId: string;
    readonly who?: string;
    readonly why?: string;
  }[];
  readonly next?: { readonly what: string; readonly dueAt?: string };
  readonly acts: readonly SagaAct[];
  /** To be sent with an act: it holds only for what was seen. */
  readonly revision: number;
}

/** What is looked for. */
export interface SagaQuery {
  readonly state: SagaStatus | '';
  /** Beginning of an id. */
  readonly q: string;
  readonly page: number;
}

const pathOf = (backend: string) => `/api/${backend}/sagas`;

/**
 * The same page of each backend's sagas as one, what moved last first.
 * @throws {RequestProblem}
 */
export async function listSagas({ state, q, page }: SagaQuery, signal?: AbortSignal): Promise<SagaList> {
  const given = Object.entries({ state, q, page: String(page) }).filter(([, value]) => value !== '');
  const lists = await Promise.all(
    (await namesWithSagas()).map(async (backend) => {
      const answer = await request(`${pathOf(backend)}?${new URLSearchParams(given)}`, { signal });
      const list = (await answer.json()) as Omit<SagaList, 'lastPage'> & { readonly pageSize: number };
      return { ...list, sagas: list.sagas.map((saga) => ({ ...saga, backend })) };
    }),
  );
  const sum = (of: (list: (typeof lists)[number]) => number) => lists.reduce((total, list) => total + of(list), 0);
  return {
    counts: Object.fromEntries(statuses.map((each) => [each, sum(({ counts }) => counts[each])])) as SagaList['counts'],
    total: sum(({ total }) => total),
    page,
    lastPage: Math.max(1, ...lists.map(({ total, pageSize }) => Math.ceil(total / pageSize))),
    sagas: lists.length === 1 ? lists[0]!.sagas : inOrder(lists.flatMap(({ sagas }) => sagas)),
  };
}

function inOrder(sagas: readonly SagaLine[]): SagaLine[] {
  return sagas.toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt));
}

/** @throws {RequestProblem} */
export async function readSaga({ backend, id }: SagaPlace, signal?: AbortSignal): Promise<Saga> {
  const answer = await request(`${pathOf(backend)}/${encodeURIComponent(id)}`, { signal });
  return { ...((await answer.json()) as Omit<Saga, 'backend'>), backend };
}

/** A line that a backend has logged. */
export interface LogLine {
  readonly backend: string;
  /** ISO 8601. */
  readonly time: string;
  readonly level: string;
  readonly message: string;
  /** What else the line says. */
  readonly more: Readonly<Record<string, unknown>>;
}

/**
 * What the backends have lately logged of a trace, in the order of time. One that does not answer, or remembers nothing, has
 * said nothing: its silence is in its readiness.
 * @throws {RequestProblem} nobody knows which backends there are
 */
export async function readLog(traceId: string, signal?: AbortSignal): Promise<readonly LogLine[]> {
  const said = await Promise.allSettled(
    (await namesOfBackends(signal)).map(async (backend) => {
      const answer = await request(`/api/${backend}/log?trace=${traceId}`, { signal });
      const { lines } = (await answer.json()) as { readonly lines: readonly Omit<LogLine, 'backend'>[] };
      return lines.map((line) => ({ ...line, backend }));
    }),
  );
  signal?.throwIfAborted();
  const lines = said.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  return lines.toSorted((one, other) => one.time.localeCompare(other.time));
}

/** @param revision of the saga as it was seen @throws {RequestProblem} 409 when it has moved on since */
export async function actOn(
  { backend, id, revision }: Pick<Saga, 'backend' | 'id' | 'revision'>,
  act: { readonly act: SagaAct; readonly why: string; readonly evidence?: string },
): Promise<void> {
  await request(`${pathOf(backend)}/${encodeURIComponent(id)}/acts`, { json: { ...act, revision } });
}
