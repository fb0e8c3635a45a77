import { css, html, type TemplateResult } from 'lit';
import { addressOf } from '../address.ts';
import type { LogEvent } from '../http/log.ts';
import type { EventTree } from './event-tree.ts';

/**
 * Trees of events as nested lists, which say their depth to everybody; each event a link to itself, with the time since
 * the first one.
 */
export function trees(roots: readonly EventTree[], chosen: LogEvent): TemplateResult {
  const begin = Date.parse(roots[0]?.event.time ?? '');
  const draw = (nodes: readonly EventTree[]): TemplateResult =>
    html`<ul>
      ${nodes.map(
        ({ event, effects }) =>
          html`<li>
            <a
              class="node"
              href=${addressOf({ event: event.id })}
              aria-current=${event.id === chosen.id ? 'true' : 'false'}
            >
              <span class="name">${event.type}</span>
              <span class="where mono">${event.subject}</span>
              <span class="since">${sinceOf(Date.parse(event.time) - begin)}</span>
            </a>
            ${effects.length > 0 ? draw(effects) : ''}
          </li>`,
      )}
    </ul>`;
  return html`<div class="tree">${draw(roots)}</div>`;
}

function sinceOf(ms: number): string {
  if (Number.isNaN(ms)) return '';
  if (ms < 1_000) return `+${ms} ms`;
  return ms < 60_000 ? `+${(ms / 1_000).toFixed(1)} s` : `+${Math.round(ms / 1_000)} s`;
}

/** Their look. Deep ones are moved in less and less, so that they never leave the page. */
export const treeStyles = css`
  .tree {
    overflow-x: auto;
  }
  .tree ul ul {
    margin-inline-start: var(--souk-space-2);
    padding-inline-start: var(--souk-space-2);
    border-inline-start: 1px solid var(--souk-line);
  }
  .tree ul ul ul ul ul {
    margin-inline-start: 2px;
    padding-inline-start: 2px;
  }
  .node {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 var(--souk-space-3);
    padding: var(--souk-space-1) var(--souk-space-2);
    border-radius: var(--souk-radius-sm);
    color: var(--souk-ink);
    text-decoration: none;
  }
  .node:hover {
    background: var(--souk-surface-2);
  }
  .node[aria-current='true'] {
    background: var(--souk-accent-soft);
    box-shadow: inset 3px 0 var(--souk-accent);
  }
  .node .name {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .node .where {
    grid-row: 2;
    color: var(--souk-ink-2);
    overflow-wrap: anywhere;
  }
  .node .since {
    color: var(--souk-ink-2);
    font-size: var(--souk-text-xs);
    font-variant-numeric: tabular-nums;
  }
`;
