import { css, html, type TemplateResult } from 'lit';

/** A value as indented JSON, names apart from values by their colour. */
export function json(value: unknown, name: string): TemplateResult {
  const text = JSON.stringify(value, null, 2) ?? 'undefined';
  const parts = text.split(/^(\s*)("(?:[^"\\]|\\.)*")(?=:)/gm);
  // split() gives: text, indent, name, text, indent, name, …
  return html`<pre class="json" tabindex="0" role="region" aria-label=${name}>
${parts.map((part, index) => (index % 3 === 2 ? html`<span class="name">${part}</span>` : part))}</pre>`;
}

/** Its look. */
export const jsonStyles = css`
  .json {
    max-block-size: 32rem;
    padding: var(--souk-space-3);
    overflow: auto;
    border-radius: var(--souk-radius-sm);
    background: var(--souk-surface-2);
    line-height: 1.55;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    tab-size: 2;
  }
  .json .name {
    color: var(--souk-accent);
  }
`;
