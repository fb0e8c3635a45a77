import { css, html, nothing, type TemplateResult } from 'lit';
import { addressOf } from '../address.ts';
import { age } from '../parts/time.ts';
import type { HistoryEntry } from './http.ts';

/** What has happened, the last thing first; each leads to its event in the log. */
export function historyList(entries: readonly HistoryEntry[], now: number): TemplateResult {
  if (entries.length === 0) return html`<p class="empty">Nothing has happened yet.</p>`;
  return html`<ol class="history panel" aria-label="History">
    ${entries.map((entry) => html`<li>${line(entry, now)}</li>`)}
  </ol>`;
}

function line({ position, time, what, data }: HistoryEntry, now: number): TemplateResult {
  const { name, version, percent, from, to, by, reason, code, problems = [] } = data;
  const why = [code, reason, ...problems].filter((part) => part !== undefined).join(': ');
  const isBad = what === 'refused' || what === 'blocked' || (what === 'rolled-back' && by === 'automatic');
  return html`<a class="happened timed" href=${addressOf({ event: String(position) })}>
    <span class="what" data-bad=${isBad ? 'true' : 'false'}>${what.replace('-', ' ')}</span>
    <span
      ><strong>${name}</strong>
      <span class="mono">${from === undefined ? version : `${from} → ${to ?? 'nothing'}`}</span>
      ${percent === undefined ? nothing : html` ${percent} %`}</span
    >
    <span class="quiet-text">${by ?? ''} ${age(time, now)}</span>
    ${why === '' ? nothing : html`<span class="why">${why}</span>`}
  </a>`;
}

/** Its look. */
export const historyStyles = css`
  .history {
    max-block-size: 32rem;
    overflow: auto;
  }
  .happened {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0 var(--souk-space-3);
    padding: var(--souk-space-2) var(--souk-space-3);
    border-block-end: 1px solid var(--souk-line);
    color: var(--souk-ink);
    text-decoration: none;
    overflow-wrap: anywhere;
  }
  @container page (inline-size >= 40rem) {
    .happened {
      grid-template-columns: 9rem minmax(0, 1fr) auto;
    }
    .happened .why {
      grid-column: 2 / -1;
    }
  }
  .happened:hover {
    background: var(--souk-surface-2);
  }
  .happened .what {
    font-weight: 600;
  }
  .happened .what[data-bad='true'] {
    color: var(--souk-bad);
  }
  .happened .why {
    color: var(--souk-ink-2);
  }
`;
