import { css, html, nothing, type TemplateResult } from 'lit';
import type { FeedState } from './tail-feed.ts';

/** How the tail is doing, and the switch that holds it still. */
export function statusLine({ list, status, problem }: FeedState, toggle: () => void): TemplateResult {
  const { isPaused, waiting, events } = list;
  const word = isPaused ? 'Paused' : wordOf[status];
  return html`<div class="status row">
    <span class="dot" data-status=${isPaused ? 'paused' : status}></span>
    <span class="word">${word}</span>
    <span class="quiet-text">${events.length} shown${waiting > 0 ? `, ${waiting} more since` : ''}</span>
    ${
      status === 'retrying' && problem
        ? html`<span class="quiet-text" role="status">${problem.message}</span>`
        : nothing
    }
    <button class="pause" aria-pressed=${isPaused} @click=${toggle}>${isPaused ? 'Resume' : 'Pause'}</button>
  </div>`;
}

const wordOf: Readonly<Record<FeedState['status'], string>> = {
  connecting: 'Connecting …',
  live: 'Live',
  retrying: 'Trying again …',
  stopped: 'Stopped',
};

/** Its look. */
export const statusStyles = css`
  .status {
    padding: var(--souk-space-2) var(--souk-space-3);
  }
  .dot {
    inline-size: 10px;
    block-size: 10px;
    border: 2px solid var(--souk-ink-2);
    border-radius: 50%;
  }
  .dot[data-status='live'] {
    border-color: var(--souk-good);
    background: var(--souk-good);
    forced-color-adjust: none;
  }
  .dot[data-status='retrying'],
  .dot[data-status='stopped'] {
    border-color: var(--souk-bad);
  }
  .word {
    font-weight: 600;
  }
  .pause {
    margin-inline-start: auto;
  }
`;
