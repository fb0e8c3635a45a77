import { css } from 'lit';

/** What every page of the catalogue has: type, links, buttons, notices, blanks. */
export const base = css`
  :host {
    display: block;
    color: var(--souk-ink);
    font: var(--souk-text-md) / 1.6 var(--souk-font);
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  p,
  ul {
    margin: 0;
  }
  ul {
    padding: 0;
    list-style: none;
  }
  h1,
  h2 {
    font-family: var(--souk-font-display);
    font-weight: 500;
    line-height: 1.15;
    text-wrap: balance;
  }
  h1 {
    font-size: var(--souk-text-3xl);
  }
  h2 {
    font-size: var(--souk-text-2xl);
  }
  a {
    color: var(--souk-accent);
    text-underline-offset: 0.2em;
  }
  img {
    display: block;
    max-inline-size: 100%;
    block-size: auto;
  }
  :focus-visible {
    outline: 2px solid var(--souk-focus);
    outline-offset: 2px;
    border-radius: var(--souk-radius-sm);
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .page {
    transition: opacity var(--souk-calm) var(--souk-ease);
  }
  .busy {
    opacity: 0.55;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    min-block-size: var(--souk-tap);
    padding: var(--souk-space-2) var(--souk-space-5);
    border: 1px solid transparent;
    border-radius: var(--souk-radius-pill);
    background: var(--souk-accent);
    color: var(--souk-on-accent);
    font: 600 var(--souk-text-md) / 1.2 var(--souk-font);
    text-decoration: none;
    cursor: pointer;
    transition: filter var(--souk-quick) var(--souk-ease);
  }
  .button:hover {
    filter: brightness(1.1);
  }
  .button:disabled {
    background: var(--souk-surface-2);
    color: var(--souk-ink-2);
    cursor: not-allowed;
    filter: none;
  }
  .button.quiet {
    background: transparent;
    border-color: var(--souk-line);
    color: var(--souk-accent);
  }
  .button.quiet:hover {
    border-color: var(--souk-accent);
    background: var(--souk-accent-soft);
    filter: none;
  }
  .button[aria-disabled] {
    cursor: progress;
  }
  .notice {
    padding: var(--souk-space-2) var(--souk-space-4);
    border-radius: var(--souk-radius-md);
    background: var(--souk-accent-soft);
  }
  .notice.bad {
    background: var(--souk-bad-soft);
    color: var(--souk-bad);
  }
  .state {
    display: grid;
    justify-items: center;
    gap: var(--souk-space-4);
    padding: var(--souk-space-8) var(--souk-space-4);
    text-align: center;
  }
  .state p {
    max-inline-size: 46ch;
    color: var(--souk-ink-2);
    text-wrap: balance;
  }
  .blank {
    border-radius: var(--souk-radius-md);
    background: var(--souk-surface-2);
  }
  .heading.blank {
    block-size: 2.6rem;
    max-inline-size: 22rem;
    margin-block-end: var(--souk-space-5);
  }
  .line.blank {
    display: block;
    block-size: 1rem;
    margin-block-start: var(--souk-space-2);
  }
  .line.short.blank {
    inline-size: 40%;
  }
  @media (forced-colors: active) {
    .button,
    .notice {
      border: 1px solid ButtonBorder;
    }
  }
  @media print {
    .button {
      display: none;
    }
  }
  /* In place of a picture: a star of the kind that tiles have, so that a shop without pictures is not a wall of blanks. */
  .no-picture {
    display: grid;
    place-items: center;
    inline-size: 100%;
    block-size: 100%;
  }
  .no-picture::before {
    content: '';
    inline-size: min(38%, 10rem);
    aspect-ratio: 1;
    background: var(--souk-line);
    mask: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 120 120' fill='none' stroke='%23000' stroke-width='3' stroke-linejoin='round'%3E%3Cpath d='M60 6 74 28 100 20 92 46 114 60 92 74 100 100 74 92 60 114 46 92 20 100 28 74 6 60 28 46 20 20 46 28zM60 34 67 53 86 60 67 67 60 86 53 67 34 60 53 53z'/%3E%3C/svg%3E")
      center / contain no-repeat;
  }
`;
