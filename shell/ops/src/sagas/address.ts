import { statuses, type SagaQuery, type SagaStatus } from './http.ts';

/** What the page of sagas shows. */
export interface SagasView extends SagaQuery {
  /** Id of the saga that is opened. */
  readonly saga: string | undefined;
}

/** What an address asks for. */
export function sagasViewOf({ searchParams }: URL): SagasView {
  const state = searchParams.get('state') ?? '';
  const page = Number(searchParams.get('page') ?? 1);
  return {
    state: isStatus(state) ? state : '',
    q: (searchParams.get('q') ?? '').trim().slice(0, 200),
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    saga: searchParams.get('saga') || undefined,
  };
}

/** The address that shows this. */
export function sagasAddressOf({ state, q, page, saga }: Partial<SagasView>): string {
  const search = new URLSearchParams();
  if (state) search.set('state', state);
  if (q) search.set('q', q);
  if (page !== undefined && page > 1) search.set('page', String(page));
  if (saga !== undefined) search.set('saga', saga);
  return search.size === 0 ? '/ops/sagas' : `/ops/sagas?${search}`;
}

function isStatus(text: string): text is SagaStatus {
  return (statuses as readonly string[]).includes(text);
}
