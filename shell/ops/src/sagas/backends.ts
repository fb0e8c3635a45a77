import { request, type RequestProblem } from '../http/request.ts';

/** A backend that runs sagas, as it says of itself. */
export interface SagaBackend {
  readonly backend: string;
  /** How many of its sagas wait for a person. */
  readonly parked: number;
}

interface Follower {
  readonly kind: string;
  readonly sagas?: { readonly parked: number };
}

/** Which backends there are changes seldom. Milliseconds. */
const keepMs = 30_000;
let kept: { readonly names: Promise<readonly string[]>; readonly until: number } | undefined;

/** Names of the backends that run sagas; asked for now and then. @throws {RequestProblem} */
export async function namesWithSagas(): Promise<readonly string[]> {
  if (kept === undefined || kept.until < Date.now()) {
    const names = backendsWithSagas().then((all) => all.map(({ backend }) => backend));
    kept = { names, until: Date.now() + keepMs };
  }
  const { names } = kept;
  try {
    return await names;
  } catch (error) {
    kept = undefined;
    throw error;
  }
}

/**
 * The backends that run sagas: each says so in its readiness, as long as it answers.
 * @throws {RequestProblem} none can be found, and not all answer
 */
export async function backendsWithSagas(signal?: AbortSignal): Promise<readonly SagaBackend[]> {
  const names = await namesOfBackends(signal);
  const said = await Promise.allSettled(names.map((backend) => sagasOf(backend, signal)));
  signal?.throwIfAborted();
  const found = said.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  const silent = said.find((one) => one.status === 'rejected');
  if (found.length === 0 && silent !== undefined) throw silent.reason as RequestProblem;
  return found;
}

/** Names of all backends. @throws {RequestProblem} */
export async function namesOfBackends(signal?: AbortSignal): Promise<readonly string[]> {
  const gateway = (await (await request('/readyz', { signal })).json()) as { readonly backends: readonly string[] };
  return gateway.backends;
}

async function sagasOf(backend: string, signal: AbortSignal | undefined): Promise<readonly SagaBackend[]> {
  const answer = await request(`/api/${backend}/readyz`, { signal });
  const { followers } = (await answer.json()) as { readonly followers: readonly Follower[] };
  return followers.flatMap(({ kind, sagas }) =>
    kind === 'sagas' && sagas !== undefined ? [{ backend, parked: sagas.parked }] : [],
  );
}
