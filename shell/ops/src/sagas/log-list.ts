import { css, html, nothing, type TemplateResult } from 'lit';
import { json } from '../parts/json.ts';
import { absoluteOf } from '../parts/ages.ts';
import type { LogLine } from './http.ts';

/** What the backends logged of a saga's trace. @param lines undefined while they are looked for */
export function logList(lines: readonly LogLine[] | undefined): TemplateResult {
  return html`<section aria-labelledby="log-title">
    <h3 id="log-title">Log of its trace</h3>
    ${lines === undefined ? html`<p class="quiet-text">Looking …</p>` : nothing}
    ${
      lines?.length === 0
        ? html`<p class="quiet-text">
            Nothing is remembered: each backend keeps its last lines until it ends. What came by a trace is in the
            events above.
          </p>`
        : nothing
    }
    <ol class="log" aria-label="Log">
      ${lines?.map((line) => html`<li>${one(line)}</li>`)}
    </ol>
  </section>`;
}

function one({ time, backend, level, message, more }: LogLine): TemplateResult {
  return html`<details>
    <summary>
      <time class="mono" datetime=${time}>${absoluteOf(time)}</time>
      <span class="level" data-level=${level}>${level}</span> ${backend}: ${message}
      <span class="quiet-text">${shortOf(more)}</span>
    </summary>
    ${json(more, `${backend}: ${message}`)}
  </details>`;
}

/** The members that tell lines of the same message apart. */
function shortOf({ command, route, type, status }: LogLine['more']): string {
  return [command ?? route ?? type, status]
    .filter((part) => typeof part === 'string' || typeof part === 'number')
    .join(' ');
}

/** Its look. */
export const logStyles = css`
  .log summary {
    overflow-wrap: anywhere;
  }
  .log .level {
    font-weight: 600;
  }
  .log .level:is([data-level='warn'], [data-level='error'], [data-level='fatal']) {
    color: var(--souk-bad);
  }
`;
