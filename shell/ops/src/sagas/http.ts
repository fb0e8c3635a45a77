import { request } from '../http/request.ts';

/** Where a saga stands. */
export type SagaStatus = (typeof statuses)[number];
/** In the order in which somebody must look at them. */
export const statuses = ['parked', 'compensating', 'running', 'failed', 'completed'] as const;
/** What an operator may do. */
export type SagaAct = 'retry' | 'skip' | 'resolve' | 'resume';

/** A saga in the list. */
export interface SagaLine {
  readonly id: string;
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
  readonly pageSize: number;
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
export interface Saga {
  readonly id: string;
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

/** The one backend that has sagas. */
const base = '/api/cart/sagas';

/** @throws {RequestProblem} */
export async function listSagas({ state, q, page }: SagaQuery, signal?: AbortSignal): Promise<SagaList> {
  const given = Object.entries({ state, q, page: String(page) }).filter(([, value]) => value !== '');
  return (await request(`${base}?${new URLSearchParams(given)}`, { signal })).json() as Promise<SagaList>;
}

/** @throws {RequestProblem} */
export async function readSaga(id: string, signal?: AbortSignal): Promise<Saga> {
  return (await request(`${base}/${encodeURIComponent(id)}`, { signal })).json() as Promise<Saga>;
}

/** @param revision of the saga as it was seen @throws {RequestProblem} 409 when it has moved on since */
export async function actOn(
  { id, revision }: Pick<Saga, 'id' | 'revision'>,
  act: { readonly act: SagaAct; readonly why: string; readonly evidence?: string },
): Promise<void> {
  await request(`${base}/${encodeURIComponent(id)}/acts`, { json: { ...act, revision } });
}
