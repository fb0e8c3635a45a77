import { css } from 'lit';

/** What a list is narrowed down by: chips, ways on, a range of prices. */
export const narrowing = css`
  .chips,
  .ways ul {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--souk-space-2);
  }
  .list-body .chips {
    margin-block-end: var(--souk-space-4);
  }
  .state .chips,
  .ways ul {
    justify-content: center;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: var(--souk-space-2);
    min-block-size: 2.25rem;
    padding-inline: var(--souk-space-4);
    border: 1px solid var(--souk-line);
    border-radius: var(--souk-radius-pill);
    background: var(--souk-surface);
    color: inherit;
    font-size: var(--souk-text-sm);
    text-decoration: none;
    overflow-wrap: anywhere;
  }
  .chip:hover {
    border-color: var(--souk-accent);
    background: var(--souk-accent-soft);
  }
  .chip small {
    color: var(--souk-ink-2);
  }
  .cross {
    flex: none;
    inline-size: 0.7rem;
    block-size: 0.7rem;
    background:
      linear-gradient(45deg, transparent 44%, currentcolor 44% 56%, transparent 56%),
      linear-gradient(-45deg, transparent 44%, currentcolor 44% 56%, transparent 56%);
  }
  .ways {
    display: grid;
    gap: var(--souk-space-3);
  }
  .ways h2 {
    font: 600 var(--souk-text-md) / 1.3 var(--souk-font);
  }
  .price-form {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--souk-space-2);
    margin-block: var(--souk-space-2);
  }
  .price-form label {
    display: grid;
    gap: var(--souk-space-1);
    font-size: var(--souk-text-xs);
    color: var(--souk-ink-2);
  }
  .price-form input {
    inline-size: 100%;
    min-inline-size: 0;
    block-size: 2.5rem;
    padding-inline: var(--souk-space-2);
    border: 1px solid var(--souk-ink-2);
    border-radius: var(--souk-radius-md);
    background: var(--souk-surface);
    color: var(--souk-ink);
    font: inherit;
  }
  .price-form .button {
    grid-column: 1 / -1;
    min-block-size: 2.25rem;
    font-size: var(--souk-text-sm);
  }
  @media (forced-colors: active) {
    .cross {
      background: CanvasText;
      clip-path: polygon(
        0 12%,
        12% 0,
        50% 38%,
        88% 0,
        100% 12%,
        62% 50%,
        100% 88%,
        88% 100%,
        50% 62%,
        12% 100%,
        0 88%,
        38% 50%
      );
      forced-color-adjust: none;
    }
  }
`;
