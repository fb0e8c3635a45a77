import { css } from 'lit';

/** What every part of these pages has: type, links, buttons, fields, notices. Denser than the shop: a tool for a day's work. */
export const base = css`
  :host {
    display: block;
    color: var(--souk-ink);
    font: var(--souk-text-sm) / 1.5 var(--souk-font);
    --ops-mono: ui-monospace, 'SF Mono', 'Cascadia Code', 'Roboto Mono', Menlo, Consolas, monospace;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  pre,
  fieldset {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  fieldset {
    border: 0;
    min-inline-size: 0;
  }
  h1,
  h2,
  h3 {
    font-family: var(--souk-font-display);
    font-weight: 600;
    line-height: 1.2;
  }
  h1 {
    font-size: var(--souk-text-2xl);
  }
  h2 {
    font-size: var(--souk-text-lg);
    overflow-wrap: anywhere;
  }
  h3 {
    font-size: var(--souk-text-md);
  }
  a {
    color: var(--souk-accent);
    text-underline-offset: 0.2em;
  }
  code,
  pre,
  .mono {
    font-family: var(--ops-mono);
    font-size: var(--souk-text-xs);
  }
  :focus-visible {
    outline: 2px solid var(--souk-focus);
    outline-offset: 2px;
    border-radius: var(--souk-radius-sm);
  }
  [tabindex='-1']:focus-visible {
    outline: none;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .quiet-text {
    color: var(--souk-ink-2);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--souk-space-2) var(--souk-space-3);
  }
  .panel {
    border: 1px solid var(--souk-line);
    border-radius: var(--souk-radius-md);
    background: var(--souk-surface);
  }

  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--souk-space-2);
    min-block-size: 36px;
    padding: var(--souk-space-1) var(--souk-space-3);
    border: 1px solid var(--souk-line);
    border-radius: var(--souk-radius-sm);
    background: var(--souk-surface);
    color: var(--souk-accent);
    font: 600 var(--souk-text-sm) / 1.2 var(--souk-font);
    text-decoration: none;
    cursor: pointer;
    transition:
      border-color var(--souk-quick) var(--souk-ease),
      background-color var(--souk-quick) var(--souk-ease);
  }
  button:hover,
  .button:hover {
    border-color: var(--souk-accent);
    background: var(--souk-accent-soft);
  }
  button.main {
    border-color: transparent;
    background: var(--souk-accent);
    color: var(--souk-on-accent);
  }
  button.main:hover {
    filter: brightness(1.1);
  }
  button:disabled {
    border-color: var(--souk-line);
    background: var(--souk-surface-2);
    color: var(--souk-ink-2);
    cursor: not-allowed;
    filter: none;
  }
  button[aria-pressed='true'] {
    border-color: var(--souk-accent);
    background: var(--souk-accent-soft);
  }
  label {
    display: grid;
    gap: var(--souk-space-1);
    color: var(--souk-ink-2);
    font-size: var(--souk-text-xs);
  }
  input:not([type='radio'], [type='checkbox']),
  select,
  textarea {
    min-block-size: 36px;
    inline-size: 100%;
    padding: var(--souk-space-1) var(--souk-space-2);
    border: 1px solid var(--souk-ink-2);
    border-radius: var(--souk-radius-sm);
    background: var(--souk-bg);
    color: var(--souk-ink);
    font: var(--souk-text-sm) / 1.4 var(--souk-font);
  }
  input::placeholder {
    color: var(--souk-ink-2);
    opacity: 1;
  }
  summary {
    inline-size: fit-content;
    min-block-size: 28px;
    padding-block: var(--souk-space-1);
    color: var(--souk-accent);
    font-weight: 600;
    cursor: pointer;
  }
  @media (pointer: coarse) {
    button,
    .button,
    summary,
    input:not([type='radio'], [type='checkbox']),
    select {
      min-block-size: var(--souk-tap);
    }
  }

  .notice {
    padding: var(--souk-space-2) var(--souk-space-3);
    border-radius: var(--souk-radius-sm);
    background: var(--souk-accent-soft);
    overflow-wrap: anywhere;
  }
  .notice.bad {
    background: var(--souk-bad-soft);
    color: var(--souk-bad);
  }
  .empty {
    padding: var(--souk-space-6) var(--souk-space-4);
    color: var(--souk-ink-2);
    text-align: center;
    text-wrap: balance;
  }
  @media (forced-colors: active) {
    .notice,
    button.main {
      border: 1px solid ButtonBorder;
    }
  }
`;
