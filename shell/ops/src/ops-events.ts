import { listen, ShellNavigated } from '@souk/shared-events/browser';
import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { addressOf, viewOf, type View } from './address.ts';
import './event/ops-event.ts';
import './live/ops-tail.ts';
import { header, headerStyles } from './parts/header.ts';
import './query/ops-query.ts';
import { base } from './styles/base.ts';

/**
 * The page of events: the live tail with one event opened beside it, or the query language. The address says which.
 * @element ops-events
 */
class OpsEvents extends LitElement {
  static override properties: PropertyDeclarations = { view: { state: true } };
  static override styles = [
    base,
    headerStyles,
    css`
      :host {
        container: page / inline-size;
      }
      .modes {
        display: flex;
        gap: var(--souk-space-2);
        margin-block-end: var(--souk-space-4);
        border-block-end: 1px solid var(--souk-line);
      }
      .modes a {
        padding: var(--souk-space-2) var(--souk-space-3);
        border-block-end: 3px solid transparent;
        color: var(--souk-ink-2);
        font-weight: 600;
        text-decoration: none;
      }
      .modes a[aria-current='true'] {
        border-color: var(--souk-accent);
        color: var(--souk-ink);
      }
      .live {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--souk-space-4);
        align-items: start;
      }
      .live.opened ops-tail {
        display: none;
      }
      @container page (inline-size >= 56rem) {
        .live.opened {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        }
        .live.opened ops-tail {
          display: block;
        }
        .live ops-event {
          position: sticky;
          inset-block-start: 88px;
          max-block-size: calc(100dvh - 104px);
          overflow: auto;
        }
      }
    `,
  ];

  declare protected view: View;
  #living = new AbortController();
  #opensByHand = false;

  constructor() {
    super();
    this.view = viewOf(new URL(location.href));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#living = new AbortController();
    listen(ShellNavigated, () => this.#follow(), { signal: this.#living.signal });
    this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#living.abort();
  }

  protected override render(): TemplateResult {
    const { mode } = this.view;
    const modes = [
      ['live', 'Live'],
      ['query', 'Query'],
    ] as const;
    return html`
      ${header('/ops/events')}
      <nav class="modes" aria-label="Events">
        ${modes.map(
          ([name, title]) =>
            html`<a href=${addressOf({ mode: name })} aria-current=${name === mode ? 'true' : 'false'}>${title}</a>`,
        )}
      </nav>
      ${mode === 'query' ? html`<ops-query></ops-query>` : this.#live()}
    `;
  }

  protected override updated(): void {
    document.title = `${this.view.mode === 'query' ? 'Query' : 'Events'} · Souk`;
    if (!this.#opensByHand || this.view.event === undefined) return;
    this.#opensByHand = false;
    void this.renderRoot.querySelector('ops-event')?.focusHeading();
  }

  #live(): TemplateResult {
    const { event } = this.view;
    return html`<div
      class="live ${event === undefined ? '' : 'opened'}"
      @click=${this.#click}
      @keydown=${(key: KeyboardEvent) => key.key === 'Escape' && event !== undefined && this.#close()}
    >
      <ops-tail .view=${this.view} .show=${this.#show}></ops-tail>
      ${event === undefined ? nothing : html`<ops-event .event=${event} .close=${() => this.#close()}></ops-event>`}
    </div>`;
  }

  readonly #show = (view: View, isSameStep: boolean): void => {
    history[isSameStep ? 'replaceState' : 'pushState'](isSameStep ? history.state : null, '', addressOf(view));
    this.#follow();
  };

  /** Whoever opens an event with Enter or the pointer wants to read it. */
  #click(event: Event): void {
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
    this.#opensByHand = link !== undefined && new URL(link.href).searchParams.has('event');
  }

  #close(): void {
    this.#show({ ...this.view, event: undefined }, true);
    void this.updateComplete.then(() => this.renderRoot.querySelector('ops-tail')?.focusRow());
  }

  #follow(): void {
    const url = new URL(location.href);
    const view = viewOf(url);
    if (url.pathname !== '/ops/events' || JSON.stringify(view) === JSON.stringify(this.view)) return;
    this.view = view;
  }
}

if (!customElements.get('ops-events')) customElements.define('ops-events', OpsEvents);
