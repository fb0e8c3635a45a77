import { html, nothing, type TemplateResult } from 'lit';
import { withoutAll, type Chosen } from './chosen.ts';
import { words } from '../words/index.ts';

/** What the list is narrowed down by, each with a way to take it back. */
export function chips(address: URL, chosen: readonly Chosen[]): TemplateResult | typeof nothing {
  if (chosen.length === 0) return nothing;
  return html`<ul class="chips" aria-label=${words().filter.chosen}>
    ${chosen.map(
      ({ label, href }) =>
        html`<li>
          <a class="chip" href=${href}
            ><span class="visually-hidden">${words().filter.remove} </span><bdi>${label}</bdi
            ><span class="cross" aria-hidden="true"></span
          ></a>
        </li>`,
    )}
    <li><a class="clear" href=${withoutAll(address)}>${words().filter.clear}</a></li>
  </ul>`;
}
