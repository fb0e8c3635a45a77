import { css } from 'lit';

/** A shelf or a search: filters beside the cards. */
export const list = css`
  .list-header {
    display: grid;
    gap: var(--souk-space-2);
    margin-block-end: var(--souk-space-6);
  }
  .list-header h1 {
    overflow-wrap: anywhere;
  }
  .lead {
    max-inline-size: var(--souk-measure);
    font-size: var(--souk-text-lg);
    color: var(--souk-ink-2);
  }
  .list-body {
    display: grid;
    gap: var(--souk-space-5) var(--souk-space-7);
  }
  .fold > summary {
    display: flex;
    align-items: center;
    gap: var(--souk-space-2);
    min-block-size: var(--souk-tap);
    padding-inline: var(--souk-space-4);
    border: 1px solid var(--souk-line);
    border-radius: var(--souk-radius-md);
    background: var(--souk-surface);
    list-style: none;
  }
  .fold > summary::after {
    content: '';
    inline-size: 0.5rem;
    block-size: 0.5rem;
    margin-inline-start: auto;
    border: solid currentcolor;
    border-width: 0 2px 2px 0;
    rotate: 45deg;
    translate: 0 -2px;
  }
  .fold[open] > summary::after {
    rotate: 225deg;
    translate: 0 2px;
  }
  .fold[open] > summary {
    margin-block-end: var(--souk-space-4);
  }
  .chosen-count {
    color: var(--souk-accent);
    font-size: var(--souk-text-sm);
  }
  .filters {
    display: grid;
    gap: var(--souk-space-2) var(--souk-space-5);
    grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr));
    align-items: start;
  }
  @media (width >= 56rem) {
    .list-body:has(.filters) {
      grid-template-columns: 13.5rem minmax(0, 1fr);
      align-items: start;
    }
    .filters {
      grid-template-columns: none;
    }
    /* Where there is room, nothing is folded. A browser without this pseudo-element keeps the fold. */
    @supports selector(::details-content) {
      .fold > summary {
        display: none;
      }
      .fold::details-content {
        content-visibility: visible;
      }
    }
  }
  .filters.blank {
    min-block-size: var(--souk-tap);
    align-self: stretch;
  }
  .clear {
    display: inline-flex;
    align-items: center;
    min-block-size: var(--souk-tap);
  }
  .choice.none {
    color: var(--souk-ink-2);
  }
  .filter {
    border-block-start: 1px solid var(--souk-line);
    padding-block: var(--souk-space-2);
  }
  summary {
    min-block-size: 2rem;
    font-weight: 600;
    cursor: pointer;
  }
  .more summary {
    color: var(--souk-accent);
    font-weight: 400;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: var(--souk-space-2);
    min-block-size: 2.25rem;
    color: inherit;
    text-decoration: none;
    line-height: 1.25;
  }
  .choice:hover {
    color: var(--souk-accent);
  }
  .choice:hover .tick {
    border-color: var(--souk-accent);
  }
  .tick {
    flex: none;
    inline-size: 1rem;
    block-size: 1rem;
    border: 1.5px solid var(--souk-ink-2);
    border-radius: 4px;
  }
  [aria-current] > .tick {
    border-color: var(--souk-accent);
    background: var(--souk-accent);
    box-shadow: inset 0 0 0 2.5px var(--souk-bg);
  }
  [aria-current] {
    font-weight: 600;
  }
  .choice-count {
    margin-inline-start: auto;
    color: var(--souk-ink-2);
    font-size: var(--souk-text-xs);
    font-variant-numeric: tabular-nums;
  }
  .bar,
  .sorting {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--souk-space-2);
    color: var(--souk-ink-2);
    font-size: var(--souk-text-sm);
  }
  /* Choosing is enough where there are scripts. */
  @media (scripting: enabled) {
    .sorting .button.sort-submit {
      display: none;
    }
  }
  @media (width < 30rem) {
    .sort-label {
      position: absolute;
      clip-path: inset(50%);
    }
  }
  .bar {
    justify-content: space-between;
    margin-block-end: var(--souk-space-4);
  }
  select {
    min-block-size: var(--souk-tap);
    padding-inline: var(--souk-space-3);
    border: 1px solid var(--souk-line);
    border-radius: var(--souk-radius-md);
    background: var(--souk-surface);
    color: var(--souk-ink);
    font: inherit;
  }
  .pages {
    display: grid;
    grid-template-columns: 1fr auto 1fr;
    align-items: center;
    gap: var(--souk-space-4);
    margin-block-start: var(--souk-space-7);
    color: var(--souk-ink-2);
  }
  .pages > :first-child {
    justify-self: start;
  }
  .pages > :last-child {
    justify-self: end;
  }
  @media (forced-colors: active) {
    [aria-current] > .tick {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
  @media print {
    .list-body:has(.filters) {
      grid-template-columns: none;
    }
    .fold,
    .sorting,
    .pages {
      display: none;
    }
  }
`;
