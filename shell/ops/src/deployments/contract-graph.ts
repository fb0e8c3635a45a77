import { css, html, svg, type TemplateResult } from 'lit';
import { edgesOf, type ContractEdge } from './graph-data.ts';
import type { Participant } from './http.ts';

const rowHeight = 30;
const nameWidth = 92;
const typeX = 190;
const typeWidth = 250;
const takerX = 538;
const width = 632;

/**
 * Who sends what to whom: senders on the left, types in the middle, takers on the right. A type can be chosen by pointer
 * and by keyboard; the table beside it says the same in words.
 */
export function contractGraph(
  participants: readonly Participant[],
  chosen: string | undefined,
  choose: (type: string | undefined) => void,
): TemplateResult {
  const edges = edgesOf(participants);
  const names = [...new Set(participants.map(({ name }) => name))].toSorted();
  const height = Math.max(edges.length, names.length) * rowHeight + 4;
  const nameY = (name: string) => ((names.indexOf(name) + 0.5) * height) / names.length;
  const toggle = (type: string) => choose(type === chosen ? undefined : type);
  const key = (event: KeyboardEvent, type: string) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    toggle(type);
  };
  return html`<div class="contract">
    <div class="drawn" tabindex="0" role="group" aria-label="The contract as a graph">
      <svg width=${width} height=${height} viewBox="0 0 ${width} ${height}">
        ${edges.map((edge, row) => lines(edge, (row + 0.5) * rowHeight + 2, nameY, lookOf(edge.type, chosen)))}
        ${names.map((name) => [box(0, nameY(name), name), box(takerX, nameY(name), name)])}
        ${edges.map(
          ({ type, kind, from, to }, row) =>
            svg`<g
              class="type"
              data-kind=${kind}
              data-look=${lookOf(type, chosen)}
              tabindex="0"
              role="button"
              aria-pressed=${type === chosen ? 'true' : 'false'}
              aria-label=${`${type}: ${sentenceOf({ type, kind, from, to })}`}
              @click=${() => toggle(type)}
              @keydown=${(event: KeyboardEvent) => key(event, type)}
            >
              <rect x=${typeX} y=${row * rowHeight + 4} width=${typeWidth} height=${rowHeight - 4} rx="13" />
              <text x=${typeX + typeWidth / 2} y=${row * rowHeight + rowHeight / 2 + 6} text-anchor="middle">${type}</text>
            </g>`,
        )}
      </svg>
    </div>
    <div class="listed" tabindex="0" role="group" aria-label="The contract as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col">Sent by</th>
            <th scope="col">Taken by</th>
          </tr>
        </thead>
        <tbody>
          ${edges.map(
            ({ type, kind, from, to }) =>
              html`<tr aria-current=${type === chosen ? 'true' : 'false'}>
                <th scope="row" class="mono">${type}${kind === 'request' ? ' (request)' : ''}</th>
                <td>${from.join(', ') || 'nobody'}</td>
                <td>${to.join(', ') || 'nobody'}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </div>`;
}

function lines({ from, to, kind }: ContractEdge, y: number, nameY: (name: string) => number, look: string) {
  const path = (x1: number, y1: number, x2: number, y2: number) => {
    const middle = (x1 + x2) / 2;
    return svg`<path data-kind=${kind} data-look=${look} d=${`M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`} />`;
  };
  return [
    ...from.map((name) => path(nameWidth, nameY(name), typeX, y)),
    ...to.map((name) => path(typeX + typeWidth, y, takerX, nameY(name))),
  ];
}

function box(x: number, y: number, name: string): TemplateResult {
  return svg`<rect class="who" x=${x + 1} y=${y - 14} width=${nameWidth} height="28" rx="6" />
    <text x=${x + nameWidth / 2} y=${y + 5} text-anchor="middle">${name}</text>`;
}

const lookOf = (type: string, chosen: string | undefined): string =>
  chosen === undefined ? 'plain' : type === chosen ? 'chosen' : 'faint';

function sentenceOf({ kind, from, to }: ContractEdge): string {
  const [sends, takes] = kind === 'request' ? ['asked by', 'answered by'] : ['sent by', 'heard by'];
  return `${sends} ${from.join(', ') || 'nobody'}, ${takes} ${to.join(', ') || 'nobody'}`;
}

/** Its look. A request is dashed, not told by colour alone. */
export const contractStyles = css`
  .contract {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--souk-space-4);
  }
  @container page (inline-size >= 64rem) {
    .contract {
      grid-template-columns: auto minmax(0, 1fr);
    }
  }
  .drawn,
  .listed {
    overflow: auto;
    max-block-size: 36rem;
  }
  .drawn svg {
    display: block;
  }
  .drawn text {
    fill: var(--souk-ink);
    font: 600 var(--souk-text-xs) var(--souk-font);
  }
  .drawn .who {
    fill: var(--souk-surface-2);
    stroke: var(--souk-line);
  }
  .drawn path {
    fill: none;
    stroke: var(--souk-ink-2);
    stroke-opacity: 0.55;
  }
  .drawn .type {
    cursor: pointer;
  }
  .drawn .type rect {
    fill: var(--souk-surface);
    stroke: var(--souk-ink-2);
  }
  .drawn .type:is(:hover, :focus-visible, [data-look='chosen']) rect {
    fill: var(--souk-accent-soft);
    stroke: var(--souk-accent);
    stroke-width: 2;
  }
  .drawn .type:focus-visible {
    outline: none;
  }
  .drawn .type:focus-visible rect {
    stroke: var(--souk-focus);
    stroke-width: 3;
  }
  .drawn [data-kind='request']:is(path),
  .drawn [data-kind='request'] rect {
    stroke-dasharray: 5 4;
  }
  .drawn path[data-look='chosen'] {
    stroke: var(--souk-accent);
    stroke-opacity: 1;
    stroke-width: 2.5;
  }
  .drawn path[data-look='faint'] {
    stroke-opacity: 0.12;
  }
`;
