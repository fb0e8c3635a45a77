import { css, html, nothing, type TemplateResult } from 'lit';
import { addressOf, noFilters } from '../address.ts';
import '../parts/copy-button.ts';
import { absoluteOf, ageOf } from '../parts/ages.ts';
import { graph } from './graph.ts';
import type { LogLine, Saga } from './http.ts';
import { logList } from './log-list.ts';
import './ops-act.ts';
import { stateMark } from './state-mark.ts';
import { durationOf, stepList } from './steps.ts';

/** One saga: where it stands, what comes next, what an operator may do, its steps, and everything that happened. */
export function sagaView(
  saga: Saga,
  log: readonly LogLine[] | undefined,
  now: number,
  changed: () => void,
): TemplateResult {
  const { id, definition, state, reason, next, acts, traceId, correlationId, timeline } = saga;
  const took = Date.parse(saga.endedAt ?? new Date(now).toISOString()) - Date.parse(saga.startedAt);
  return html`
    <p class="row">
      ${stateMark(state)}
      <span
        >began ${ageOf(now - Date.parse(saga.startedAt))} ago, ${saga.endedAt ? 'took' : 'so far'}
        ${durationOf(took)}</span
      >
    </p>
    ${reason ? html`<p class="notice bad">${reason}</p>` : nothing}
    ${next ? html`<p><strong>Next:</strong> ${next.what}${next.dueAt ? html`, until <time datetime=${next.dueAt}>${absoluteOf(next.dueAt)}</time>` : nothing}</p>` : nothing}
    ${acts.length > 0 ? html`<ops-act .saga=${saga} .done=${changed}></ops-act>` : nothing}
    <dl class="members">
      <dt>Id</dt>
      <dd class="mono">${id}</dd>
      <dt>Definition</dt>
      <dd>${definition.name}, version ${definition.version}</dd>
      <dt>Events</dt>
      <dd>
        <a href=${addressOf({ filters: { ...noFilters, correlation: correlationId } })}>all of this conversation</a>
      </dd>
      ${
        traceId
          ? html`<dt>Trace</dt>
              <dd class="mono">${traceId} <ops-copy label="Copy" .text=${traceId}></ops-copy></dd>`
          : nothing
      }
    </dl>
    <div class="way">
      <section aria-labelledby="steps-title">
        <h3 id="steps-title">Steps</h3>
        ${stepList(saga, now)}
      </section>
      <section aria-labelledby="graph-title">
        <h3 id="graph-title">${definition.name}</h3>
        ${graph(saga)}
      </section>
    </div>
    <section aria-labelledby="timeline-title">
      <h3 id="timeline-title">What happened</h3>
      <ol class="timeline">
        ${timeline.map(
          ({ time, title, eventId, who, why, type }) =>
            html`<li>
              <time class="mono" datetime=${time}>${absoluteOf(time)}</time>
              <span>
                <a href=${addressOf({ event: eventId })}>${title === 'Sent' ? `Sent ${type}` : title}</a>
                ${why ? html`<span class="quiet-text">${who ? `${who}: ` : ''}${why}</span>` : nothing}
              </span>
            </li>`,
        )}
      </ol>
    </section>
    ${traceId ? logList(log) : nothing}
  `;
}

/** Its look. */
export const sagaStyles = css`
  .members {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--souk-space-1) var(--souk-space-4);
    align-items: baseline;
  }
  .members dt {
    color: var(--souk-ink-2);
  }
  .members dd {
    overflow-wrap: anywhere;
  }
  .way {
    display: flex;
    flex-wrap: wrap;
    gap: var(--souk-space-5);
  }
  .way > :first-child {
    flex: 1 1 18rem;
    min-inline-size: 0;
  }
  section {
    display: grid;
    gap: var(--souk-space-2);
    align-content: start;
    min-inline-size: 0;
  }
  .timeline {
    display: grid;
    gap: var(--souk-space-1);
  }
  .timeline li {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--souk-space-3);
    overflow-wrap: anywhere;
  }
  .timeline time {
    color: var(--souk-ink-2);
  }
`;
