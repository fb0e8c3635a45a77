import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { addressOf, type View } from '../address.ts';
import { timeStyles } from '../parts/time.ts';
import { problemNotice } from '../parts/problem.ts';
import { base } from '../styles/base.ts';
import { createTailFeed } from './tail-feed.ts';
import { filterForm, filterStyles } from './filter-form.ts';
import { row, rowStyles } from './row.ts';
import { statusLine, statusStyles } from './status-line.ts';

/** Shows another view; `isSameStep`: without a new entry in the history. */
export type ShowView = (view: View, isSameStep: boolean) => void;

/** Ages move on, and what has come is told, this often. */
const beatMs = 5_000;

/**
 * The live tail: filters, and a list of events that grows at its top.
 * @element ops-tail
 */
class OpsTail extends LitElement {
  static override properties: PropertyDeclarations = {
    view: { attribute: false },
    show: { attribute: false },
    now: { state: true },
    told: { state: true },
  };
  static override styles = [base, timeStyles, filterStyles, statusStyles, rowStyles];

  declare view: View;
  declare show: ShowView;
  declare protected now: number;
  /** What a screen reader is told of what has come. */
  declare protected told: string;

  readonly #feed = createTailFeed(() => this.requestUpdate());
  #beat: ReturnType<typeof setInterval> | undefined;
  #arrived = 0;
  /** Position of the row that Tab leads to. */
  #current: number | undefined;

  constructor() {
    super();
    this.now = Date.now();
    this.told = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#beat = setInterval(() => this.#tick(), beatMs);
    if (this.hasUpdated) this.#feed.start(this.view.filters);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#beat);
    this.#feed.close();
  }

  /** Gives the focus to the row of the opened event, or else to the one that had it last. */
  focusRow(): void {
    const link = this.renderRoot.querySelector<HTMLElement>('.event[aria-current="true"], .event[tabindex="0"]');
    link?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('view') as View | undefined;
    if (!changed.has('view')) return;
    if (before && JSON.stringify(before.filters) === JSON.stringify(this.view.filters)) return;
    this.#arrived = 0;
    this.#feed.start(this.view.filters);
  }

  protected override render(): TemplateResult {
    const { state } = this.#feed;
    const { events, isComplete, isPaused } = state.list;
    const tabbable = events.find(({ position }) => position === this.#current)?.position ?? events[0]?.position;
    return html`
      ${filterForm(this.view.filters, (filters) => this.show({ ...this.view, filters }, true))}
      <section class="panel" aria-label="Events">
        ${statusLine(state, () => (isPaused ? this.#feed.resume() : this.#feed.pause()))}
        ${
          state.problem && state.status === 'stopped'
            ? problemNotice(state.problem, () => this.#feed.start(this.view.filters))
            : nothing
        }
        ${
          events.length === 0 && state.status === 'live'
            ? html`<p class="empty">No event passes these filters yet. The next one will appear here.</p>`
            : nothing
        }
        <ol class="events" aria-label="Events, newest first" @keydown=${this.#key} @focusin=${this.#remember}>
          ${row.list(events, {
            ...{ now: this.now, tabbable, opened: this.view.event },
            hrefOf: ({ id }) => addressOf({ ...this.view, event: id }),
          })}
        </ol>
        <div class="after">
          ${state.olderProblem ? problemNotice(state.olderProblem) : nothing}
          ${
            events.length > 0 && !isComplete
              ? html`<button ?disabled=${state.isFetchingOlder} @click=${() => void this.#feed.older()}>
                  ${state.isFetchingOlder ? 'Looking back …' : 'Older events'}
                </button>`
              : nothing
          }
          ${events.length > 0 && isComplete ? html`<p class="quiet-text">This is where the log begins.</p>` : nothing}
        </div>
      </section>
      <p class="visually-hidden" role="status">${this.told}</p>
    `;
  }

  protected override updated(): void {
    this.ariaBusy = this.#feed.state.status === 'connecting' ? 'true' : null;
  }

  #tick(): void {
    this.now = Date.now();
    const { events, waiting } = this.#feed.state.list;
    const newest = (events[0]?.position ?? 0) + waiting;
    if (this.#arrived > 0 && newest > this.#arrived) this.told = `New events have come; ${events.length} are shown.`;
    this.#arrived = newest;
  }

  #remember(event: FocusEvent): void {
    const position = Number((event.target as HTMLElement).dataset['position']);
    if (position === this.#current) return;
    this.#current = position;
    this.requestUpdate();
  }

  #key(event: KeyboardEvent): void {
    const links = [...this.renderRoot.querySelectorAll<HTMLElement>('.event')];
    const at = links.indexOf(event.target as HTMLElement);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 10,
      PageUp: at - 10,
      Home: 0,
      End: links.length - 1,
    };
    const to = steps[event.key];
    if (at < 0 || to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const link = links[Math.min(Math.max(to, 0), links.length - 1)];
    link?.focus();
    // While an event is open, it is the one that one looks at.
    const id = link?.dataset['id'];
    if (this.view.event !== undefined && id !== undefined) this.show({ ...this.view, event: id }, true);
  }
}

if (!customElements.get('ops-tail')) customElements.define('ops-tail', OpsTail);

declare global {
  interface HTMLElementTagNameMap {
    'ops-tail': OpsTail;
  }
}
