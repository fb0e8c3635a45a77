import { css } from 'lit';

/** Products as cards. */
export const grid = css`
  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, clamp(8.5rem, 22vw, 16.5rem)), 1fr));
    gap: var(--souk-space-6) var(--souk-space-4);
  }
  .card {
    display: flex;
    flex-direction: column;
    color: inherit;
    text-decoration: none;
  }
  .frame {
    position: relative;
    display: block;
    aspect-ratio: 1;
    margin-block-end: var(--souk-space-3);
    border-radius: var(--souk-radius-md);
    background: var(--souk-surface-2);
    overflow: hidden;
  }
  .frame img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    transition: scale var(--souk-calm) var(--souk-ease);
  }
  .card:hover img {
    scale: 1.03;
  }
  .card:hover .name {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .sold-out img {
    filter: grayscale(0.7) opacity(0.6);
  }
  .badge {
    position: absolute;
    inset: var(--souk-space-2) auto auto var(--souk-space-2);
    padding: 2px var(--souk-space-3);
    border-radius: var(--souk-radius-pill);
    background: var(--souk-surface);
    color: var(--souk-ink);
    font-size: var(--souk-text-xs);
    font-weight: 600;
  }
  .badge.warm {
    color: var(--souk-warm);
  }
  .name {
    font-size: var(--souk-text-md);
    line-height: 1.35;
    text-wrap: pretty;
    overflow-wrap: anywhere;
  }
  .card .price {
    margin-block-start: var(--souk-space-1);
    color: var(--souk-ink-2);
    font-size: var(--souk-text-sm);
    font-variant-numeric: tabular-nums;
  }
`;
