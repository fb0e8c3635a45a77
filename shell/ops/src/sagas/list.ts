import { css, html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { age } from '../parts/time.ts';
import { sagasAddressOf, type SagasView } from './address.ts';
import { statuses, type SagaList, type SagaPlace } from './http.ts';
import { stateMark } from './state-mark.ts';

/** How many are in each state, each a way to see only those; and a field for the beginning of an id. */
export function filters(view: SagasView, list: SagaList | undefined, find: (q: string) => void): TemplateResult {
  const count = (state: SagasView['state']) => (list && state !== '' ? ` ${list.counts[state]}` : '');
  const submit = (event: Event) => {
    event.preventDefault();
    find((new FormData(event.currentTarget as HTMLFormElement).get('q') as string).trim());
  };
  return html`<div class="filters">
    <nav aria-label="By state">
      ${(['', ...statuses] as const).map(
        (state) =>
          html`<a
            class="button"
            href=${sagasAddressOf({ ...view, state, page: 1 })}
            aria-current=${view.state === state ? 'true' : 'false'}
            >${state === '' ? 'all' : state}${count(state)}</a
          >`,
      )}
    </nav>
    <form role="search" aria-label="Sagas" @submit=${submit} @change=${submit}>
      <label
        >Beginning of the id
        <input name="q" .value=${live(view.q)} maxlength="200" autocomplete="off" spellcheck="false" />
      </label>
    </form>
  </div>`;
}

/** The sagas of a page, each a link to itself. */
export function sagaList(
  view: SagasView,
  { sagas, total, page, lastPage: last }: SagaList,
  now: number,
): TemplateResult {
  if (sagas.length === 0) return html`<p class="empty">No saga is like that.</p>`;
  return html`<ol class="sagas" aria-label="Sagas">
      ${sagas.map(
        (saga) =>
          html`<li>
            <a
              class="saga timed"
              href=${sagasAddressOf({ ...view, saga })}
              aria-current=${isSame(saga, view.saga) ? 'true' : 'false'}
            >
              ${stateMark(saga.state)}
              <span class="what"
                >${saga.definition}${saga.step ? html` <span class="quiet-text">at ${saga.step}${(saga.attempt ?? 1) > 1 ? `, attempt ${saga.attempt}` : ''}</span>` : nothing}</span
              >
              <span class="id mono">${saga.id}</span>
              <span class="when">${age(saga.updatedAt, now)}</span>
              ${saga.reason ? html`<span class="why">${saga.reason}</span>` : nothing}
            </a>
          </li>`,
      )}
    </ol>
    <nav class="row pages" aria-label="Pages">
      <span class="quiet-text">${total} in all, page ${page} of ${last}</span>
      ${page > 1 ? html`<a href=${sagasAddressOf({ ...view, page: page - 1 })}>Newer</a>` : nothing}
      ${page < last ? html`<a href=${sagasAddressOf({ ...view, page: page + 1 })}>Older</a>` : nothing}
    </nav>`;
}

/** Whether two places are one. */
export function isSame(one: SagaPlace | undefined, other: SagaPlace | undefined): boolean {
  return one?.backend === other?.backend && one?.id === other?.id;
}

/** Their look. */
export const listStyles = css`
  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: var(--souk-space-3) var(--souk-space-5);
    align-items: end;
    justify-content: space-between;
    margin-block-end: var(--souk-space-3);
  }
  .filters nav {
    display: flex;
    flex-wrap: wrap;
    gap: var(--souk-space-2);
  }
  .filters a[aria-current='true'] {
    border-color: var(--souk-accent);
    background: var(--souk-accent-soft);
  }
  .saga {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 var(--souk-space-3);
    padding: var(--souk-space-2) var(--souk-space-3);
    border-block-end: 1px solid var(--souk-line);
    color: var(--souk-ink);
    text-decoration: none;
  }
  .saga:hover {
    background: var(--souk-surface-2);
  }
  .saga[aria-current='true'] {
    background: var(--souk-accent-soft);
    box-shadow: inset 3px 0 var(--souk-accent);
  }
  .saga .when {
    grid-area: 1 / 2;
    color: var(--souk-ink-2);
  }
  .saga .id,
  .saga .what,
  .saga .why {
    grid-column: 1 / -1;
    overflow-wrap: anywhere;
  }
  .saga .why {
    color: var(--souk-bad);
  }
  .pages {
    padding: var(--souk-space-2) var(--souk-space-3);
  }
`;
