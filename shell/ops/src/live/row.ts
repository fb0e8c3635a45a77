import { css, html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { LogEvent } from '../http/log.ts';
import { age } from '../parts/time.ts';

/** What the rows need to know beside their events. */
interface RowContext {
  /** Time by which ages are told. */
  readonly now: number;
  /** Position of the row that Tab leads to. */
  readonly tabbable: number | undefined;
  /** Id or position of the event that is open. */
  readonly opened: string | undefined;
  readonly hrefOf: (event: LogEvent) => string;
}

/** More of it would not be seen. */
const previewChars = 240;

/** Each event a link to itself, so that it can be kept, sent and opened beside. */
function list(events: readonly LogEvent[], context: RowContext): unknown {
  return repeat(
    events,
    ({ position }) => position,
    (event) => one(event, context),
  );
}

function one(event: LogEvent, { now, tabbable, opened, hrefOf }: RowContext): TemplateResult {
  const { position, id, type, subject, time, data } = event;
  const isOpened = opened === id || opened === String(position);
  return html`<li>
    <a
      class="event timed"
      href=${hrefOf(event)}
      tabindex=${position === tabbable ? 0 : -1}
      aria-current=${isOpened ? 'true' : 'false'}
      data-position=${position}
      data-id=${id}
    >
      <span class="position mono">${position}</span>
      <span class="when">${age(time, now)}</span>
      <span class="type">${type}</span>
      <span class="subject mono">${subject}</span>
      <span class="preview mono" aria-hidden="true">${JSON.stringify(data).slice(0, previewChars)}</span>
    </a>
  </li>`;
}

/** The rows of the list. */
export const row = { list };

/** Their look: one line where there is room, two where there is little. */
export const rowStyles = css`
  .events {
    max-block-size: max(24rem, 100dvh - 22rem);
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-gutter: stable;
  }
  .event {
    display: grid;
    grid-template:
      'type when' auto
      'subject position' auto / minmax(0, 1fr) auto;
    gap: 0 var(--souk-space-3);
    padding: var(--souk-space-2) var(--souk-space-3);
    border-block-start: 1px solid var(--souk-line);
    color: var(--souk-ink);
    text-decoration: none;
  }
  .event:focus-visible {
    outline-offset: -2px;
  }
  .event:hover {
    background: var(--souk-surface-2);
  }
  .event[aria-current='true'] {
    background: var(--souk-accent-soft);
    box-shadow: inset 3px 0 var(--souk-accent);
  }
  .position {
    grid-area: position;
    color: var(--souk-ink-2);
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .when {
    grid-area: when;
    color: var(--souk-ink-2);
    font-size: var(--souk-text-xs);
    text-align: end;
  }
  .type {
    grid-area: type;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .subject {
    grid-area: subject;
    overflow-wrap: anywhere;
  }
  .preview {
    display: none;
  }
  .after {
    display: grid;
    justify-items: center;
    gap: var(--souk-space-2);
    padding: var(--souk-space-3);
    border-block-start: 1px solid var(--souk-line);
  }
  :host {
    container: tail / inline-size;
  }
  @container tail (inline-size >= 44rem) {
    .event {
      grid-template: 'position when type subject' auto / 4.5rem 5.5rem minmax(12rem, 5fr) minmax(10rem, 6fr);
      align-items: baseline;
      padding-block: var(--souk-space-1);
    }
    .when {
      text-align: start;
    }
    .event:is(:hover, :focus-visible) .when {
      position: relative;
      min-block-size: 1.5em;
    }
    .event:is(:hover, :focus-visible) .absolute {
      position: absolute;
      inset-inline-end: 0;
      z-index: 1;
      padding-inline-start: var(--souk-space-2);
      background: var(--souk-surface-2);
      color: var(--souk-ink);
    }
    .event[aria-current='true']:is(:hover, :focus-visible) .absolute {
      background: var(--souk-accent-soft);
    }
  }
  @container tail (inline-size >= 78rem) {
    .event {
      grid-template:
        'position when type subject preview' auto / 4.5rem 5.5rem minmax(14rem, 4fr) minmax(16rem, 5fr)
        minmax(0, 7fr);
    }
    .preview {
      grid-area: preview;
      display: block;
      overflow: hidden;
      color: var(--souk-ink-2);
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  }
`;
