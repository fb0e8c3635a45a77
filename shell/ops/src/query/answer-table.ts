import { css, html, nothing, type TemplateResult } from 'lit';
import { addressOf, noFilters } from '../address.ts';
import type { Answer, Cell } from '../http/query.ts';
import { countOf } from './numbers.ts';

/** Rows that are drawn at once; more at a wish. */
export const pageRows = 200;

/** The answer as a table. Positions and conversations lead to their events. */
export function answerTable({ columns, rows }: Answer, shownRows: number, showMore: () => void): TemplateResult {
  const isNumber = columns.map(({ type }) => type === 'integer' || type === 'real');
  return html`<div class="table" tabindex="0" role="region" aria-label="Rows of the answer">
      <table>
        <thead>
          <tr>
            ${columns.map(
              ({ name, type }, index) =>
                html`<th scope="col" class=${isNumber[index] ? 'number' : ''}>
                  ${name} <span class="type">${type}</span>
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, shownRows).map(
            (row) =>
              html`<tr>
                ${columns.map(
                  ({ name }, index) =>
                    html`<td class=${isNumber[index] ? 'number' : ''}>${cell(name, row[index] ?? null)}</td>`,
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${
      rows.length > shownRows
        ? html`<p class="row">
            <span class="quiet-text">${countOf(shownRows, 'row')} of ${countOf(rows.length, 'row')} are shown.</span>
            <button @click=${showMore}>Show more</button>
          </p>`
        : nothing
    }`;
}

function cell(name: string, value: Cell): unknown {
  if (value === null) return html`<span class="null">null</span>`;
  if (name === 'position') return html`<a href=${addressOf({ event: String(value) })}>${value}</a>`;
  if (name === 'correlationid') {
    return html`<a href=${addressOf({ filters: { ...noFilters, correlation: String(value) } })}>${value}</a>`;
  }
  return value === '' ? html`<span class="null">empty</span>` : value;
}

/** Its look. */
export const tableStyles = css`
  .table {
    max-block-size: 70dvh;
    overflow: auto;
    border: 1px solid var(--souk-line);
    border-radius: var(--souk-radius-sm);
  }
  table {
    border-collapse: collapse;
    min-inline-size: 100%;
    font-family: var(--ops-mono);
    font-size: var(--souk-text-xs);
  }
  th,
  td {
    max-inline-size: 40rem;
    padding: var(--souk-space-1) var(--souk-space-3);
    border-block-end: 1px solid var(--souk-line);
    text-align: start;
    vertical-align: top;
    overflow-wrap: anywhere;
    min-inline-size: 5ch;
  }
  td {
    white-space: pre-wrap;
  }
  th {
    position: sticky;
    inset-block-start: 0;
    background: var(--souk-surface-2);
    white-space: nowrap;
  }
  .number {
    text-align: end;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .type,
  .null {
    color: var(--souk-ink-2);
    font-weight: 400;
  }
  .null {
    font-style: italic;
  }
`;
