import { css, html, nothing, type TemplateResult } from 'lit';
import type { Answer } from '../http/query.ts';
import { answerTable, pageRows } from './answer-table.ts';
import { chartOf, type ChartKind } from './chart-data.ts';
import { csvOf, jsonLinesOf, save } from './export.ts';
import { countOf } from './numbers.ts';
import './ops-chart.ts';
import type { RunState } from './query-run.ts';

/** How the answer is looked at. */
export interface AnswerLook {
  /** `as asked`: as the query's `render` says. */
  readonly chart: 'as asked' | 'none' | ChartKind;
  readonly shownRows: number;
}

const choices = [
  ['none', 'Table'],
  ['barchart', 'Bars'],
  ['timechart', 'Over time'],
] as const;

/** The answer: what it is, ways to take it away, a chart where one is wished for, and always the table. */
export function answerView(
  { answer, isRunning, isLive }: RunState,
  look: AnswerLook,
  choose: (look: AnswerLook) => void,
): TemplateResult {
  const words = answer ? summaryOf(answer) : isRunning ? 'Asking …' : '';
  const chart = answer && wantedChart(answer, look);
  return html`<section class="answer" aria-label="Answer" ?hidden=${words === ''}>
    <div class="row">
      ${isLive && isRunning ? html`<span class="live">Live</span>` : nothing}
      <p role=${isLive ? 'note' : 'status'}>${words}</p>
      ${answer ? exports(answer) : nothing}
    </div>
    ${
      answer && answer.rows.length > 0
        ? html`<div class="row" role="group" aria-label="Show as">
            ${choices.map(
              ([kind, title]) =>
                html`<button
                  aria-pressed=${kind === (chart ?? 'none')}
                  @click=${() => choose({ ...look, chart: kind })}
                >
                  ${title}
                </button>`,
            )}
          </div>`
        : nothing
    }
    ${answer && chart ? drawn(answer, chart) : nothing}
    ${
      answer
        ? answerTable(answer, look.shownRows, () => choose({ ...look, shownRows: look.shownRows + pageRows }))
        : nothing
    }
    ${answer?.rows.length === 0 ? html`<p class="empty">No rows: nothing in the log fits.</p>` : nothing}
  </section>`;
}

function exports(answer: Answer): TemplateResult {
  const name = `events-at-${answer.position}`;
  return html`<span class="row exports">
    <button @click=${() => save(csvOf(answer), `${name}.csv`, 'text/csv')}>Save CSV</button>
    <button @click=${() => save(jsonLinesOf(answer), `${name}.jsonl`, 'application/x-ndjson')}>Save JSON lines</button>
  </span>`;
}

function drawn(answer: Answer, kind: ChartKind): TemplateResult {
  const chart = chartOf(answer, kind);
  if (typeof chart === 'string') return html`<p class="notice">${chart}</p>`;
  return html`<ops-chart .chart=${chart}></ops-chart>`;
}

function wantedChart({ render, rows }: Answer, { chart }: AnswerLook): ChartKind | undefined {
  const wanted = chart === 'as asked' ? render : chart;
  if (rows.length === 0) return undefined;
  if (wanted === 'columnchart') return 'barchart';
  return wanted === 'timechart' || wanted === 'barchart' ? wanted : undefined;
}

function summaryOf({ rows, durationMs, position, truncated }: Answer): string {
  const cut = truncated === undefined ? '' : ` (cut off: more ${truncated} than an answer may have)`;
  return `${countOf(rows.length, 'row')}${cut} in ${durationMs} ms, true at position ${position}`;
}

/** Its look. */
export const answerStyles = css`
  .answer {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--souk-space-3);
    margin-block-start: var(--souk-space-4);
  }
  .answer[hidden] {
    display: none;
  }
  .live {
    padding: 0 var(--souk-space-2);
    border-radius: var(--souk-radius-pill);
    background: var(--souk-accent-soft);
    color: var(--souk-accent);
    font-weight: 600;
  }
  .exports {
    margin-inline-start: auto;
  }
`;
