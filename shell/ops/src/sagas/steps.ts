import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { addressOf } from '../address.ts';
import { json } from '../parts/json.ts';
import type { Saga, SagaAttempt, SagaMessage, SagaStep } from './http.ts';
import { stateMark } from './state-mark.ts';

/** Each step with its attempts on one axis of time, and what was sent and answered. */
export function stepList(saga: Saga, now: number): TemplateResult {
  const from = Date.parse(saga.startedAt);
  const to = Math.max(Date.parse(saga.endedAt ?? new Date(now).toISOString()), from + 1);
  return html`<ol class="steps" aria-label="Steps">
    ${saga.steps.map((step) => one(step, from, to, now))}
  </ol>`;
}

function one(step: SagaStep, from: number, to: number, now: number): TemplateResult {
  return html`<li class="step">
    <div class="row">
      <h4>${step.name}</h4>
      ${stateMark(step.state)}
    </div>
    ${step.attempts.length > 0 ? bars(step, from, to, now) : nothing}
    <ul>
      ${step.attempts.map((attempt) => html`<li>${tries(attempt, step, now)}</li>`)}
    </ul>
  </li>`;
}

/** As many units wide as there is room; it has no words that could be stretched. */
function bars({ attempts }: SagaStep, from: number, to: number, now: number): TemplateResult {
  const x = (ms: number) => (Math.max(0, ms - from) / (to - from)) * 1_000;
  return html`<svg class="bars" viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" x="0" y="6" width="1000" height="2" />
    ${attempts.map((attempt) => {
      const begin = x(Date.parse(attempt.startedAt));
      const end = x(attempt.endedAt === undefined ? now : Date.parse(attempt.endedAt));
      const look = attempt.outcome ?? 'running';
      return svg`<rect class="bar" data-outcome=${look} data-kind=${attempt.kind} x=${begin} y="1" width=${Math.max(6, end - begin)} height="12" />`;
    })}
  </svg>`;
}

function tries(attempt: SagaAttempt, { name, attempts }: SagaStep, now: number): TemplateResult {
  const { kind, round = 1, outcome, startedAt, endedAt, dueAt, reason, command, reply } = attempt;
  const took = Date.parse(endedAt ?? new Date(now).toISOString()) - Date.parse(startedAt);
  const before = attempts[attempts.indexOf(attempt) - 1];
  const waited = before?.endedAt === undefined ? 0 : Date.parse(startedAt) - Date.parse(before.endedAt);
  const what = `${kind === 'compensation' ? 'Undo, attempt' : 'Attempt'} ${attempt.attempt}${round > 1 ? `, round ${round}` : ''}`;
  return html`<details>
    <summary>
      ${what}: ${outcome ?? 'under way'}
      <span class="quiet-text">
        ${outcome === undefined ? `since ${durationOf(took)}, until ${new Date(dueAt).toLocaleTimeString()}` : `in ${durationOf(took)}`}${waited > 0 ? `, after a wait of ${durationOf(waited)}` : ''}
      </span>
    </summary>
    ${reason ? html`<p class="notice bad">${reason}</p>` : nothing} ${message('Sent', command, `${name}, ${what}`)}
    ${message('Answered', reply, `${name}, ${what}`)}
  </details>`;
}

/** @param about what tells it from the same message of another attempt */
function message(word: string, sent: SagaMessage | undefined, about: string): TemplateResult | typeof nothing {
  if (!sent) return nothing;
  return html`<p>${word}: <a class="mono" href=${addressOf({ event: sent.id })}>${sent.type || sent.id}</a></p>
    ${json(sent.data, `${about}, ${word.toLowerCase()}: ${sent.type}`)}`;
}

/** A duration in a few characters. @param ms milliseconds */
export function durationOf(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return ms < 3_600_000 ? `${Math.round(ms / 60_000)} min` : `${(ms / 3_600_000).toFixed(1)} h`;
}

/** Its look. Attempts that go back are hatched by their edge, not told by colour alone. */
export const stepStyles = css`
  .steps {
    display: grid;
    gap: var(--souk-space-3);
  }
  h4 {
    margin: 0;
    font: 600 var(--souk-text-sm) var(--souk-font);
  }
  .bars {
    display: block;
    inline-size: 100%;
    block-size: 14px;
    margin-block: var(--souk-space-1);
  }
  .track {
    fill: var(--souk-line);
  }
  .bar {
    fill: var(--souk-accent);
  }
  .bar[data-outcome='succeeded'] {
    fill: var(--souk-good);
  }
  .bar:is([data-outcome='failed'], [data-outcome='timed-out']) {
    fill: var(--souk-bad);
  }
  .bar[data-kind='compensation'] {
    stroke: var(--souk-warn);
    stroke-width: 3;
  }
  .step details {
    display: grid;
    gap: var(--souk-space-2);
  }
  .step summary {
    color: var(--souk-ink);
    font-weight: 400;
  }
`;
