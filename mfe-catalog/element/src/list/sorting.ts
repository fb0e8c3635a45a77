import { ask, ShellNavigate } from '@souk/shared-events/browser';
import type { SortOrder } from '@souk/catalog-api';
import { html, type TemplateResult } from 'lit';
import { withQuery } from '../addresses.ts';
import { hiddenRest } from './hidden-rest.ts';
import { words } from '../words/index.ts';

/** The order that an address asks for. */
export const sortIn = (address: URL): string => address.searchParams.get('sort') ?? 'relevance';

/** The order of the list. A form, so that it works before (and without) any script. */
export function sorting(address: URL, isSearch: boolean): TemplateResult {
  const sort = sortIn(address);
  return html`<form class="sorting" method="get" action=${address.pathname}>
    ${hiddenRest(address, ['sort'])}
    <label for="sort" class="sort-label">${words().sort.label}</label>
    <select id="sort" name="sort" autocomplete="off" .value=${sort} @change=${(event: Event) => go(event, address)}>
      ${Object.entries(words().sort.orders satisfies Readonly<Record<SortOrder, string>>).map(
        ([value, label]) =>
          html`<option value=${value} ?selected=${value === sort}>
            ${value === 'relevance' && isSearch ? words().sort.bestMatch : label}
          </option>`,
      )}
    </select>
    <button class="button quiet sort-submit">${words().sort.submit}</button>
  </form>`;
}

function go(event: Event, address: URL): void {
  const select = event.currentTarget as HTMLSelectElement;
  const path = withQuery(address, { sort: select.value === 'relevance' ? undefined : select.value });
  // A shell that does not answer is the shell's fault to show; the link still works as a plain one.
  ask(select, new ShellNavigate({ path })).catch(() => location.assign(path));
}
