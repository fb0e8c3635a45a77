import { ask, ShellNavigate } from '@souk/shared-events/browser';
import { html, type TemplateResult } from 'lit';
import { withQuery } from '../addresses.ts';
import { hiddenRest } from './hidden-rest.ts';
import { words } from '../words/index.ts';

const names = ['minPrice', 'maxPrice'] as const;

/** A range of one's own. A form, so that it works before (and without) any script. */
export function priceForm(address: URL): TemplateResult {
  return html`<form class="price-form" method="get" action=${address.pathname} @submit=${go}>
    ${hiddenRest(address, names)}
    ${names.map(
      (name) =>
        html`<label
          >${name === 'minPrice' ? words().filter.fromEuro : words().filter.toEuro}
          <input
            name=${name}
            type="number"
            inputmode="decimal"
            min="0"
            max="10000000"
            step="any"
            .value=${address.searchParams.get(name) ?? ''}
            value=${address.searchParams.get(name) ?? ''}
        /></label>`,
    )}
    <button class="button quiet">${words().filter.apply}</button>
  </form>`;

  function go(event: SubmitEvent): void {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const path = withQuery(address, Object.fromEntries(names.map((name) => [name, textIn(data, name)])));
    ask(window, new ShellNavigate({ path })).catch(() => location.assign(path));
  }
}

function textIn(data: FormData, name: string): string | undefined {
  const text = data.get(name);
  return typeof text === 'string' && text !== '' ? text : undefined;
}
