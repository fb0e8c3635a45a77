import { statuses, type SagaPlace, type SagaQuery, type SagaStatus } from './http.ts';

/** What the page of sagas shows. */
export interface SagasView extends SagaQuery {
  /** The saga that is opened. */
  readonly saga: SagaPlace | undefined;
}

/** What an address asks for. */
export function sagasViewOf({ searchParams }: URL): SagasView {
  const state = searchParams.get('state') ?? '';
  const page = Number(searchParams.get('page') ?? 1);
  return {
    state: isStatus(state) ? state : '',
    q: (searchParams.get('q') ?? '').trim().slice(0, 200),
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    saga: placeOf(searchParams.get('saga') ?? ''),
  };
}

/** The address that shows this. */
export function sagasAddressOf({ state, q, page, saga }: Partial<SagasView>): string {
  const search = new URLSearchParams();
  if (state) search.set('state', state);
  if (q) search.set('q', q);
  if (page !== undefined && page > 1) search.set('page', String(page));
  if (saga !== undefined) search.set('saga', `${saga.backend}/${saga.id}`);
  return search.size === 0 ? '/ops/sagas' : `/ops/sagas?${search}`;
}

/** `cart/o_1-1` */
function placeOf(text: string): SagaPlace | undefined {
  const [, backend, id] = /^([a-z][a-z0-9-]*)[/](.+)$/.exec(text) ?? [];
  return backend === undefined || id === undefined ? undefined : { backend, id };
}

function isStatus(text: string): text is SagaStatus {
  return (statuses as readonly string[]).includes(text);
}
