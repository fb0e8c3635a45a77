import { css } from 'lit';

/** Look of both charts. Lines differ in colour and dashes, bars in colour and place, so that colour alone says nothing. */
export const chartStyles = css`
  svg {
    display: block;
    inline-size: 100%;
  }
  text {
    fill: var(--souk-ink-2);
    font: var(--souk-text-xs) var(--souk-font);
    font-variant-numeric: tabular-nums;
  }
  text.name {
    fill: var(--souk-ink);
  }
  .grid {
    stroke: var(--souk-line);
  }
  .axis {
    stroke: var(--souk-ink-2);
  }
  .line {
    fill: none;
    stroke: var(--series);
    stroke-width: 2;
    stroke-linejoin: round;
  }
  .point,
  .bar {
    fill: var(--series);
  }
  .series-0 {
    --series: var(--souk-accent);
  }
  .series-1 {
    --series: var(--souk-warm);
    stroke-dasharray: 7 3;
  }
  .series-2 {
    --series: var(--souk-good);
    stroke-dasharray: 2 3;
  }
  .series-3 {
    --series: var(--souk-warn);
    stroke-dasharray: 10 3 2 3;
  }
  .series-4 {
    --series: var(--souk-bad);
    stroke-dasharray: 4 2;
  }
  .series-5 {
    --series: var(--souk-ink-2);
    stroke-dasharray: 12 4;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: var(--souk-space-1) var(--souk-space-4);
    padding-block-end: var(--souk-space-2);
    font-size: var(--souk-text-xs);
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: var(--souk-space-2);
  }
  .swatch {
    inline-size: 14px;
    block-size: 14px;
    border-radius: 3px;
    background: var(--series);
    forced-color-adjust: none;
  }
`;
