import { CartSagaChanged, listen, ShellPushReset } from '@souk/shared-events/browser';
import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { backendsWithSagas } from '../sagas/backends.ts';

/** A saga tells of every step; one look is enough for several. */
const settleMs = 200;

/**
 * How many sagas wait for a person, on every page of operations: it comes by push, and is said aloud.
 * @element ops-parked
 */
class OpsParked extends LitElement {
  static override properties: PropertyDeclarations = { count: { state: true } };
  static override styles = css`
    .count {
      margin-inline-start: var(--souk-space-1);
      padding: 0 var(--souk-space-2);
      border-radius: var(--souk-radius-sm);
      background: var(--souk-bad);
      color: var(--souk-bg);
      font-size: var(--souk-text-sm);
    }
  `;

  declare protected count: number;
  #living = new AbortController();
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.count = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#living = new AbortController();
    const { signal } = this.#living;
    listen(CartSagaChanged, () => this.#lookSoon(), { signal });
    listen(ShellPushReset, () => this.#lookSoon(), { signal });
    void this.#look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#living.abort();
    clearTimeout(this.#settling);
  }

  protected override render(): TemplateResult {
    return html`<span role="status"
      >${this.count > 0 ? html`<span class="count">${this.count} parked</span>` : nothing}</span
    >`;
  }

  #lookSoon(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.#look(), settleMs);
  }

  async #look(): Promise<void> {
    const { signal } = this.#living;
    try {
      const backends = await backendsWithSagas(signal);
      this.count = backends.reduce((sum, { parked }) => sum + parked, 0);
    } catch {
      // A badge that cannot be brought up to date stays; what the page itself asks for says what is wrong.
    }
  }
}

if (!customElements.get('ops-parked')) customElements.define('ops-parked', OpsParked);
