import { CartSagaChanged, listen, ShellNavigated, ShellPushReset } from '@souk/shared-events/browser';
import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { RequestProblem } from './http/request.ts';
import { header, headerStyles } from './parts/header.ts';
import { jsonStyles } from './parts/json.ts';
import { problemNotice } from './parts/problem.ts';
import { timeStyles } from './parts/time.ts';
import { sagasAddressOf, sagasViewOf, type SagasView } from './sagas/address.ts';
import { graphStyles } from './sagas/graph.ts';
import { listSagas, readLog, readSaga, type LogLine, type Saga, type SagaList } from './sagas/http.ts';
import { filters, isSame, listStyles, sagaList } from './sagas/list.ts';
import { logStyles } from './sagas/log-list.ts';
import { sagaStyles, sagaView } from './sagas/saga-view.ts';
import { stateStyles } from './sagas/state-mark.ts';
import { stepStyles } from './sagas/steps.ts';
import { base } from './styles/base.ts';

/** Ages move on this often. */
const beatMs = 5_000;
/** A saga tells of every step; one look is enough for several. */
const settleMs = 60;

/**
 * The monitor of sagas: how many are in each state, a list, and one saga with its steps, its way, and what an operator may
 * do. It looks again whenever the staff is told that one has moved on.
 * @element ops-sagas
 */
class OpsSagas extends LitElement {
  static override properties: PropertyDeclarations = {
    view: { state: true },
    list: { state: true },
    saga: { state: true },
    log: { state: true },
    problem: { state: true },
    sagaProblem: { state: true },
    now: { state: true },
  };
  static override styles = [
    ...[
      base,
      headerStyles,
      timeStyles,
      jsonStyles,
      stateStyles,
      listStyles,
      graphStyles,
      stepStyles,
      sagaStyles,
      logStyles,
    ],
    css`
      :host {
        container: page / inline-size;
      }
      .two {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--souk-space-4);
        align-items: start;
      }
      .opened {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--souk-space-4);
        padding: var(--souk-space-4);
      }
      .head {
        display: flex;
        justify-content: space-between;
        gap: var(--souk-space-3);
      }
      .two.has-one > .listed {
        display: none;
      }
      @container page (inline-size >= 56rem) {
        .two.has-one {
          grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
        }
        .two.has-one > .listed {
          display: block;
        }
      }
    `,
  ];

  declare protected view: SagasView;
  declare protected list: SagaList | undefined;
  declare protected saga: Saga | undefined;
  declare protected log: { readonly traceId: string; readonly lines: readonly LogLine[] } | undefined;
  declare protected problem: RequestProblem | undefined;
  declare protected sagaProblem: RequestProblem | undefined;
  declare protected now: number;

  #living = new AbortController();
  #asking = new AbortController();
  #beat: ReturnType<typeof setInterval> | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.view = sagasViewOf(new URL(location.href));
    this.now = Date.now();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#living = new AbortController();
    const { signal } = this.#living;
    listen(ShellNavigated, () => this.#follow(), { signal });
    listen(ShellPushReset, () => this.#lookSoon(), { signal });
    // Only a hint to look again, so what it says is not read.
    listen(CartSagaChanged, () => this.#lookSoon(), { signal });
    this.#beat = setInterval(() => (this.now = Date.now()), beatMs);
    this.view = sagasViewOf(new URL(location.href));
    void this.#look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#living.abort();
    this.#asking.abort();
    clearInterval(this.#beat);
    clearTimeout(this.#settling);
  }

  protected override render(): TemplateResult {
    const { view, list } = this;
    return html`
      ${header('/ops/sagas')} ${filters(view, list, (q) => this.#show({ ...view, q, page: 1 }))}
      <div class="two ${view.saga === undefined ? '' : 'has-one'}" @keydown=${this.#key}>
        <div class="listed panel">
          ${this.problem ? problemNotice(this.problem, () => void this.#look()) : nothing}
          ${list ? sagaList(view, list, this.now) : this.problem ? nothing : html`<p class="empty">Looking …</p>`}
        </div>
        ${view.saga === undefined ? nothing : this.#opened()}
      </div>
      <p class="visually-hidden" role="status">${list ? `${list.counts.parked} parked` : ''}</p>
    `;
  }

  #opened(): TemplateResult {
    const { saga, sagaProblem } = this;
    const isShown = isSame(saga, this.view.saga);
    return html`<article class="opened panel" aria-labelledby="saga-title">
      <div class="head">
        <h2 id="saga-title" tabindex="-1">${isShown ? saga?.definition.name : 'Saga'}</h2>
        <button aria-label="Close the saga" @click=${() => this.#close()}>Close</button>
      </div>
      ${sagaProblem ? problemNotice(sagaProblem, () => void this.#look()) : nothing}
      ${isShown && saga ? sagaView(saga, this.#logOf(saga), this.now, () => void this.#look()) : nothing}
      ${!isShown && !sagaProblem ? html`<p class="quiet-text">Looking it up …</p>` : nothing}
    </article>`;
  }

  protected override updated(): void {
    document.title = 'Sagas · Souk';
  }

  #key(event: KeyboardEvent): void {
    // Escape in a dialog closes that.
    const isInDialog = event.composedPath().some((target) => target instanceof HTMLDialogElement);
    if (event.key === 'Escape' && !isInDialog && this.view.saga !== undefined) this.#close();
  }

  #close(): void {
    const { saga } = this.view;
    this.#show({ ...this.view, saga: undefined });
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`.saga[href*="${CSS.escape(saga?.id ?? '')}"]`)?.focus(),
    );
  }

  #show(view: SagasView): void {
    history.replaceState(history.state, '', sagasAddressOf(view));
    this.#follow();
  }

  #follow(): void {
    const url = new URL(location.href);
    const view = sagasViewOf(url);
    if (url.pathname !== '/ops/sagas' || JSON.stringify(view) === JSON.stringify(this.view)) return;
    this.view = view;
    void this.#look();
  }

  #lookSoon(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.#look(), settleMs);
  }

  /** Asks for what is to be shown; of several looks only the last counts. What is shown stays until then. */
  async #look(): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const { saga } = this.view;
    const [list, one] = await Promise.all([
      tried(listSagas(this.view, signal)),
      saga === undefined ? undefined : tried(readSaga(saga, signal)),
    ]);
    if (signal.aborted) return;
    this.now = Date.now();
    this.problem = list instanceof RequestProblem ? list : undefined;
    this.sagaProblem = one instanceof RequestProblem ? one : undefined;
    if (!(list instanceof RequestProblem)) this.list = list;
    if (one instanceof RequestProblem) return;
    this.saga = one;
    const { traceId } = one ?? {};
    if (traceId === undefined) return;
    // After the rest is shown: it is the least, and asks every backend.
    const lines = await tried(readLog(traceId, signal));
    if (!signal.aborted && Array.isArray(lines)) this.log = { traceId, lines };
  }

  #logOf({ traceId }: Saga): readonly LogLine[] | undefined {
    return this.log?.traceId === traceId ? this.log?.lines : undefined;
  }
}

/** A problem as a value; whatever else is thrown is a fault, save that of a look that was given up. */
async function tried<Value>(asked: Promise<Value>): Promise<Value | RequestProblem | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RequestProblem) return error;
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}

if (!customElements.get('ops-sagas')) customElements.define('ops-sagas', OpsSagas);
