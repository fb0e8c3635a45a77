import { css, html, svg, type TemplateResult } from 'lit';
import type { Saga, SagaStep } from './http.ts';

const boxWidth = 150;
const boxHeight = 34;
const rowHeight = 62;
const undoX = 186;
const width = 300;

/** What has been walked of a step, forward and back: each as its last attempt has ended, the one at hand as the step stands. */
function walked({ attempts, state }: SagaStep): { readonly forward: string; readonly back: string } {
  const back = attempts.findLast(({ kind }) => kind === 'compensation');
  const forward = attempts.findLast(({ kind }) => kind === 'forward');
  if (!back) return { forward: forward ? state : 'waiting', back: 'waiting' };
  return { forward: forward?.outcome === 'succeeded' ? 'succeeded' : 'failed', back: state };
}

/**
 * The definition as a picture: steps down on the left, what undoes them up on the right; the way of this saga is drawn
 * strong. The list of steps beside it says the same in words.
 */
export function graph({ definition, steps }: Pick<Saga, 'definition' | 'steps'>): TemplateResult {
  const height = definition.steps.length * rowHeight - (rowHeight - boxHeight) + 4;
  const words = definition.steps.map(({ name, compensation }) => (compensation ? `${name} (can be undone)` : name));
  return html`<svg
    class="graph"
    width=${width}
    height=${height}
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label=${`The steps of ${definition.name}: ${words.join(', ')}`}
  >
    ${definition.steps.map((step, index) => {
      const known = steps.find(({ name }) => name === step.name);
      const { forward, back } = known ? walked(known) : { forward: 'waiting', back: 'waiting' };
      const y = index * rowHeight + 2;
      const previous = definition.steps.slice(0, index).findLastIndex(({ compensation }) => compensation);
      return svg`
        ${index > 0 ? arrow(boxWidth / 2, y - (rowHeight - boxHeight), boxWidth / 2, y, forward) : ''}
        ${box(1, y, boxWidth - 2, step.name, forward)}
        ${
          step.compensation
            ? svg`<path class="edge" data-state=${back} d=${`M${boxWidth} ${y + boxHeight / 2}H${undoX}`} />
              ${box(undoX, y, width - undoX - 2, 'undo', back)}
              ${previous >= 0 ? arrow((undoX + width) / 2, y, (undoX + width) / 2, previous * rowHeight + 2 + boxHeight, back) : ''}`
            : ''
        }`;
    })}
  </svg>`;
}

function box(x: number, y: number, boxed: number, name: string, state: string): TemplateResult {
  return svg`<rect class="box" data-state=${state} x=${x} y=${y} width=${boxed} height=${boxHeight} rx="8" />
    <text x=${x + boxed / 2} y=${y + boxHeight / 2 + 4} text-anchor="middle">${name}</text>`;
}

function arrow(fromX: number, fromY: number, toX: number, toY: number, state: string): TemplateResult {
  const back = toY > fromY ? -6 : 6;
  return svg`<path class="edge" data-state=${state} d=${`M${fromX} ${fromY}L${toX} ${toY}m-4 ${back}L${toX} ${toY}l4 ${back}`} />`;
}

/** Its look. */
export const graphStyles = css`
  .graph {
    display: block;
    max-inline-size: 100%;
    block-size: auto;
  }
  .graph text {
    fill: var(--souk-ink);
    font: 600 var(--souk-text-xs) var(--souk-font);
  }
  .box {
    fill: var(--souk-surface);
    stroke: var(--souk-ink-2);
    stroke-width: 2;
  }
  .edge {
    fill: none;
    stroke: var(--souk-ink-2);
    stroke-width: 2;
  }
  .graph [data-state='waiting'] {
    stroke: var(--souk-line);
    stroke-dasharray: 4 4;
  }
  .graph :is([data-state='succeeded'], [data-state='completed']) {
    stroke: var(--souk-good);
  }
  .graph [data-state='running'] {
    stroke: var(--souk-accent);
  }
  .graph :is([data-state='compensating'], [data-state='compensated'], [data-state='skipped']) {
    stroke: var(--souk-warn);
  }
  .graph :is([data-state='parked'], [data-state='failed']) {
    stroke: var(--souk-bad);
    stroke-width: 3;
  }
`;
