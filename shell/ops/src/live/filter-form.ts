import { css, html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { noFilters } from '../address.ts';
import { filterNames, type Filters } from '../http/log.ts';

const fields: Readonly<Record<keyof Filters, { readonly label: string; readonly placeholder: string }>> = {
  stream: { label: 'Stream', placeholder: 'cart' },
  subject: { label: 'Subject', placeholder: 'cart.order.>' },
  type: { label: 'Type', placeholder: 'cart.order-*' },
  correlation: { label: 'Correlation id', placeholder: 'r_…' },
};

/** Four ways to see less; what is typed holds when the field is left, or at Enter. */
export function filterForm(filters: Filters, choose: (filters: Filters) => void): TemplateResult {
  const isFiltered = filterNames.some((name) => filters[name] !== '');
  const apply = (event: Event) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const given = filterNames.map((name) => [name, (data.get(name) as string).trim()]);
    choose(Object.fromEntries(given) as unknown as Filters);
  };
  return html`<form class="filters" aria-label="Filters" @submit=${apply} @change=${apply}>
    ${filterNames.map(
      (name) =>
        html`<label
          >${fields[name].label}
          <input
            name=${name}
            .value=${live(filters[name])}
            placeholder=${fields[name].placeholder}
            maxlength="200"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
        /></label>`,
    )}
    ${
      isFiltered
        ? html`<button class="clear" type="button" @click=${() => choose(noFilters)}>Show all</button>`
        : nothing
    }
  </form>`;
}

/** Its look. */
export const filterStyles = css`
  .filters {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(9rem, 100%), 1fr));
    gap: var(--souk-space-2) var(--souk-space-3);
    align-items: end;
    margin-block-end: var(--souk-space-3);
  }
  .clear {
    justify-self: start;
  }
`;
