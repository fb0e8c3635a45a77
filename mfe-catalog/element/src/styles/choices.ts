import { css } from 'lit';

/** Values of a product's options, and where to go on from it. */
export const choices = css`
  .value {
    display: inline-flex;
    align-items: center;
    min-block-size: var(--souk-tap);
    padding-inline: var(--souk-space-4);
    border: 1px solid var(--souk-line);
    border-radius: var(--souk-radius-md);
    background: var(--souk-surface);
    color: inherit;
    text-decoration: none;
  }
  .value:hover {
    border-color: var(--souk-accent);
  }
  .value[aria-current] {
    border-color: var(--souk-accent);
    background: var(--souk-accent-soft);
    box-shadow: inset 0 0 0 1px var(--souk-accent);
    font-weight: 600;
  }
  .value {
    flex-wrap: wrap;
    column-gap: var(--souk-space-2);
    overflow-wrap: anywhere;
  }
  .value small {
    color: var(--souk-ink-2);
    font-size: var(--souk-text-xs);
    font-weight: 400;
  }
  .value.out,
  .value.none {
    border-style: dashed;
    background: none;
    color: var(--souk-ink-2);
  }
  .value.none {
    text-decoration: line-through;
  }
  .value.elsewhere {
    border-style: dotted;
  }
  .value.out[aria-current] {
    border-style: solid;
    background: var(--souk-accent-soft);
  }
  .related {
    margin-block-start: var(--souk-space-8);
  }
  .related h2 {
    margin-block-end: var(--souk-space-5);
  }
  .related .grid {
    grid-template-columns: repeat(2, minmax(0, 1fr));
  }
  @media (width >= 56rem) {
    .related .grid {
      grid-template-columns: repeat(4, minmax(0, 1fr));
      column-gap: var(--souk-space-5);
    }
  }
`;
