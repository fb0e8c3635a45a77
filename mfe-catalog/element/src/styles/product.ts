import { css } from 'lit';

/** One product. */
export const product = css`
  .trail {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--souk-space-2);
    margin-block-end: var(--souk-space-4);
    color: var(--souk-ink-2);
    font-size: var(--souk-text-sm);
  }
  .columns {
    display: grid;
    gap: var(--souk-space-6);
  }
  @media (width >= 56rem) {
    .columns {
      grid-template-columns: minmax(0, 6fr) minmax(22rem, 5fr);
      gap: var(--souk-space-7);
      align-items: start;
    }
    .gallery {
      position: sticky;
      inset-block-start: 6rem;
    }
  }
  .stage {
    display: block;
    position: relative;
    aspect-ratio: 1;
    border-radius: var(--souk-radius-lg);
    background: var(--souk-surface-2);
    overflow: hidden;
  }
  /* Where name and price stand below it, what is no picture takes little room. */
  @media (width < 56rem) {
    .stage:has(.no-picture) {
      aspect-ratio: 3;
    }
    .stage .no-picture::before {
      inline-size: 5rem;
    }
  }
  a.stage {
    cursor: zoom-in;
    touch-action: pan-y pinch-zoom;
  }
  .enlarge {
    position: absolute;
    inset-block-end: var(--souk-space-3);
    inset-inline-end: var(--souk-space-3);
    inline-size: 2.5rem;
    block-size: 2.5rem;
    border-radius: 50%;
    background: var(--souk-surface);
  }
  .enlarge::before {
    content: '';
    position: absolute;
    inset: 0;
    background: var(--souk-ink);
    mask: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='%23000' stroke-width='1.8' stroke-linecap='round'%3E%3Cpath d='M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm5 11.5L20 20M10.5 7.5v6M7.5 10.5h6'/%3E%3C/svg%3E")
      center / 1.3rem no-repeat;
  }
  .stage img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .thumbs {
    display: flex;
    flex-wrap: wrap;
    gap: var(--souk-space-2);
    margin-block-start: var(--souk-space-3);
  }
  .thumb {
    inline-size: 4.5rem;
    padding: 0;
    border: 2px solid transparent;
    border-radius: var(--souk-radius-md);
    background: none;
    overflow: hidden;
    cursor: pointer;
  }
  .thumb[aria-pressed='true'] {
    border-color: var(--souk-accent);
  }
  .about {
    display: grid;
    gap: var(--souk-space-5);
    align-content: start;
    min-inline-size: 0;
  }
  .about h1 {
    font-size: clamp(1.75rem, 1.4rem + 1.6vw, 2.75rem);
    overflow-wrap: anywhere;
  }
  .about h2 {
    margin-block-end: var(--souk-space-2);
    font-size: var(--souk-text-lg);
  }
  .facts,
  .question {
    padding-block-start: var(--souk-space-5);
    border-block-start: 1px solid var(--souk-line);
  }
  .question {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--souk-space-3) var(--souk-space-5);
    color: var(--souk-ink-2);
  }
  .about > .price {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: var(--souk-space-3);
    margin-block-start: calc(-1 * var(--souk-space-2));
    font: 500 var(--souk-text-2xl) / 1.2 var(--souk-font-display);
    font-variant-numeric: lining-nums;
  }
  .about > .price s,
  .about > .price small {
    color: var(--souk-ink-2);
    font: 400 var(--souk-text-sm) / 1.2 var(--souk-font);
  }
  .watch {
    display: grid;
    justify-items: start;
    gap: var(--souk-space-3);
  }
  .option-name {
    margin-block-end: var(--souk-space-2);
    font-size: var(--souk-text-sm);
  }
  .option ul {
    display: flex;
    flex-wrap: wrap;
    gap: var(--souk-space-2);
  }
  .stock {
    color: var(--souk-good);
    font-weight: 600;
    font-size: var(--souk-text-sm);
  }
  .stock.few {
    color: var(--souk-warn);
  }
  .stock.out {
    color: var(--souk-bad);
  }
  .buy {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: end;
    gap: var(--souk-space-2) var(--souk-space-3);
  }
  .buy label {
    grid-column: 1 / -1;
    font-size: var(--souk-text-sm);
  }
  .buy input[type='number'] {
    inline-size: 5.5rem;
    block-size: 3rem;
    padding-inline: var(--souk-space-3);
    border: 1px solid var(--souk-ink-2);
    border-radius: var(--souk-radius-md);
    background: var(--souk-surface);
    color: var(--souk-ink);
    font: inherit;
  }
  .buy input:disabled {
    border-color: var(--souk-line);
    background: var(--souk-surface-2);
    color: var(--souk-ink-2);
    -webkit-text-fill-color: currentcolor;
    opacity: 1;
  }
  .buy .button {
    min-block-size: 3rem;
  }
  .buy .notice,
  .buy [role='status'] {
    grid-column: 1 / -1;
  }
  .prose {
    display: grid;
    gap: var(--souk-space-3);
    max-inline-size: var(--souk-measure);
    text-wrap: pretty;
  }
  .details {
    display: grid;
    gap: var(--souk-space-1);
    padding-inline-start: 1.1em;
    list-style: disc;
    color: var(--souk-ink-2);
  }
  @media (forced-colors: active) {
    .value[aria-current],
    .thumb[aria-pressed='true'] {
      border: 3px solid Highlight;
    }
  }
  @media print {
    .buy,
    .question,
    .thumbs {
      display: none;
    }
  }
`;
