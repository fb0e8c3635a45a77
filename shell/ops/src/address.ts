import { filterNames, type Filters } from './http/log.ts';
import type { Question } from './http/query.ts';

/** What the page of events shows. */
export interface View {
  readonly mode: 'live' | 'query';
  readonly filters: Filters;
  /** Id or position of the event that is opened. */
  readonly event: string | undefined;
}

const path = '/ops/events';

/** All events. */
export const noFilters: Filters = { stream: '', subject: '', type: '', correlation: '' };

/** What an address asks for. */
export function viewOf({ searchParams }: URL): View {
  const given = filterNames.map((name) => [name, (searchParams.get(name) ?? '').trim().slice(0, 200)]);
  return {
    mode: searchParams.get('view') === 'query' ? 'query' : 'live',
    filters: Object.fromEntries(given) as unknown as Filters,
    event: searchParams.get('event') || undefined,
  };
}

/** The address that shows this. */
export function addressOf({ mode = 'live', filters = noFilters, event }: Partial<View>): string {
  const search = new URLSearchParams();
  if (mode === 'query') search.set('view', 'query');
  for (const name of filterNames) if (filters[name] !== '') search.set(name, filters[name]);
  if (event !== undefined) search.set('event', event);
  return search.size === 0 ? path : `${path}?${search}`;
}

/**
 * The query of an address. It stands in the fragment, which browsers keep to themselves: what people ask for, such as
 * the address of a customer, gets into no server's log.
 */
export function questionOf({ hash }: URL): Question | undefined {
  const given = new URLSearchParams(hash.slice(1));
  const language = given.has('kql') ? 'kql' : 'sql';
  const text = given.get(language);
  if (text === null) return undefined;
  return { language, text, asOf: given.get('asOf') ?? '' };
}

/** The fragment for a query. */
export function hashOf({ language, text, asOf = '' }: Question): string {
  const given = new URLSearchParams({ [language]: text });
  if (asOf !== '') given.set('asOf', asOf);
  return `#${given}`;
}
