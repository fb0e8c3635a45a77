import { css, html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import { base } from '../styles/base.ts';

/** Copies `text`, and says whether that worked. @element ops-copy */
class CopyButton extends LitElement {
  static override properties: PropertyDeclarations = {
    text: { attribute: false },
    label: {},
    said: { state: true },
  };
  static override styles = [
    base,
    css`
      :host {
        display: inline-block;
      }
    `,
  ];

  declare text: string;
  /** What is copied: `Copy JSON`. */
  declare label: string;
  declare protected said: string;
  #forget: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.text = '';
    this.label = 'Copy';
    this.said = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#forget);
  }

  protected override render(): TemplateResult {
    return html`<button @click=${this.#copy}>${this.said || this.label}</button>
      <span class="visually-hidden" role="status">${this.said}</span>`;
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text);
      this.said = 'Copied';
    } catch {
      this.said = 'Could not copy';
    }
    clearTimeout(this.#forget);
    this.#forget = setTimeout(() => (this.said = ''), 2_000);
  }
}

if (!customElements.get('ops-copy')) customElements.define('ops-copy', CopyButton);
