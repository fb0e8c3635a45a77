import { html, nothing, type TemplateResult } from 'lit';
import type { Question } from '../http/query.ts';
import type { Example } from './examples.ts';

interface ShelfOptions {
  readonly examples: readonly Example[];
  readonly history: readonly Question[];
  readonly choose: (question: Question) => void;
  readonly forget: () => void;
}

/** Queries to take up: examples, and what was asked in this browser. What was chosen folds its list away. */
export function shelf({ examples, history, choose, forget }: ShelfOptions): TemplateResult {
  const pick = (question: Question) => (event: Event) => {
    (event.currentTarget as Element).closest('details')?.removeAttribute('open');
    choose(question);
  };
  return html`<div class="shelf">
    <details>
      <summary>Examples</summary>
      <ul>
        ${examples.map(
          ({ title, ...question }) =>
            html`<li>
              <button class="pick" @click=${pick(question)}>
                <span class="language-mark">${question.language.toUpperCase()}</span>${title}
              </button>
            </li>`,
        )}
      </ul>
    </details>
    <details>
      <summary>History${history.length > 0 ? ` (${history.length})` : ''}</summary>
      ${history.length === 0 ? html`<p class="quiet-text">What you run is kept here, in this browser only.</p>` : nothing}
      <ul>
        ${history.map(
          (question) =>
            html`<li>
              <button class="pick" @click=${pick(question)}>
                <span class="language-mark">${question.language.toUpperCase()}</span>
                <span class="mono text">${question.text}</span>
              </button>
            </li>`,
        )}
      </ul>
      ${history.length > 0 ? html`<button @click=${forget}>Forget all of them</button>` : nothing}
    </details>
  </div>`;
}
