import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Place } from '../http/request.ts';
import { base } from '../styles/base.ts';

const minLines = 5;
const maxLines = 22;

/**
 * A field for a query: numbered lines, and a mark where it is wrong. Ctrl+Enter runs. Tab leaves the field, as in any.
 * @element ops-editor
 */
class OpsEditor extends LitElement {
  static override properties: PropertyDeclarations = {
    value: { attribute: false },
    place: { attribute: false },
    typed: { attribute: false },
    run: { attribute: false },
  };
  static override styles = [
    base,
    css`
      .editor {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        overflow: hidden;
      }
      .editor:focus-within {
        outline: 2px solid var(--souk-focus);
      }
      .lines,
      .under,
      textarea {
        padding: var(--souk-space-2);
        font: var(--souk-text-sm) / 1.55 var(--ops-mono);
        tab-size: 2;
        white-space: pre;
      }
      .lines {
        overflow: hidden;
        border-inline-end: 1px solid var(--souk-line);
        color: var(--souk-ink-2);
        text-align: end;
        user-select: none;
      }
      .lines .wrong {
        color: var(--souk-bad);
        font-weight: 700;
      }
      .text {
        display: grid;
        min-inline-size: 0;
      }
      .text > * {
        grid-area: 1 / 1;
        min-inline-size: 0;
      }
      .under {
        overflow: hidden;
        color: transparent;
        pointer-events: none;
      }
      mark {
        border-radius: 2px;
        background: var(--souk-bad-soft);
        color: transparent;
        text-decoration: underline wavy var(--souk-bad);
        text-decoration-skip-ink: none;
      }
      textarea,
      textarea:focus-visible {
        display: block;
        position: relative;
        border: 0;
        border-radius: 0;
        outline: 0;
        background: transparent;
        overflow: auto;
        resize: vertical;
      }
    `,
  ];

  declare value: string;
  /** Where it is wrong. */
  declare place: Place | undefined;
  declare typed: (text: string) => void;
  declare run: () => void;

  constructor() {
    super();
    this.value = '';
  }

  /** Selects what is wrong, and leads there. */
  goTo({ start, length }: Place): void {
    const area = this.#area;
    area?.focus();
    area?.setSelectionRange(start, start + Math.max(length, 1));
  }

  override focus(): void {
    this.#area?.focus();
  }

  protected override render(): TemplateResult {
    const count = this.value.split('\n').length;
    const wrong = this.place && lineOf(this.value, this.place.start).line;
    const numbers = Array.from({ length: count }, (_, index) => index + 1);
    return html`<div class="editor panel">
      <pre class="lines" aria-hidden="true">
${numbers.map((n) => html`<span class=${n === wrong ? 'wrong' : ''}>${n}</span>${'\n'}`)}</pre>
      <div class="text">
        <pre class="under" aria-hidden="true">${this.#marked()}</pre>
        <textarea
          aria-label="Query"
          aria-invalid=${this.place ? 'true' : 'false'}
          aria-keyshortcuts="Control+Enter"
          wrap="off"
          spellcheck="false"
          autocomplete="off"
          autocapitalize="none"
          maxlength="50000"
          rows=${Math.min(Math.max(count, minLines), maxLines)}
          .value=${live(this.value)}
          @input=${this.#input}
          @keydown=${this.#key}
          @scroll=${this.#scroll}
        ></textarea>
      </div>
    </div>`;
  }

  get #area(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  #marked(): unknown {
    if (!this.place) return nothing;
    const { start } = this.place;
    const end = start + Math.max(this.place.length, 1);
    const wrong = this.value.slice(start, end).trimEnd() || ' ';
    return html`${this.value.slice(0, start)}<mark>${wrong}</mark>${this.value.slice(start + wrong.length)}`;
  }

  #input(): void {
    this.typed(this.#area?.value ?? '');
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.run();
  }

  /** What lies beside and under the text moves with it. */
  #scroll(): void {
    const { scrollTop = 0, scrollLeft = 0 } = this.#area ?? {};
    for (const other of this.renderRoot.querySelectorAll('pre')) Object.assign(other, { scrollTop });
    Object.assign(this.renderRoot.querySelector('.under') ?? {}, { scrollLeft });
  }
}

/** Line and column of a place, counted from 1. */
export function lineOf(text: string, start: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, start).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

if (!customElements.get('ops-editor')) customElements.define('ops-editor', OpsEditor);

declare global {
  interface HTMLElementTagNameMap {
    'ops-editor': OpsEditor;
  }
}
