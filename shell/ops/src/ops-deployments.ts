import {
  listen,
  ShellDeploymentAlarm,
  ShellDeploymentChanged,
  ShellPushReset,
  type ShellDeploymentAlarmDetail,
} from '@souk/shared-events/browser';
import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import './deployments/ops-live-together.ts';
import { contractGraph, contractStyles } from './deployments/contract-graph.ts';
import { historyList, historyStyles } from './deployments/history.ts';
import { readDeployments, type Deployments } from './deployments/http.ts';
import { liveStyles, liveView } from './deployments/live-view.ts';
import { RequestProblem } from './http/request.ts';
import { header, headerStyles } from './parts/header.ts';
import { problemNotice } from './parts/problem.ts';
import { timeStyles } from './parts/time.ts';
import { base } from './styles/base.ts';

/** What pages tell is not pushed: it is looked at this often. */
const beatMs = 10_000;
/** One change says several things; one look is enough for them. */
const settleMs = 60;

/**
 * What is live where: each micro frontend with its canary beside the stable version, what has happened, and who sends what to
 * whom. It looks again whenever something else goes live.
 * @element ops-deployments
 */
class OpsDeployments extends LitElement {
  static override properties: PropertyDeclarations = {
    seen: { state: true },
    problem: { state: true },
    alarm: { state: true },
    chosen: { state: true },
    now: { state: true },
  };
  static override styles = [
    ...[base, headerStyles, timeStyles, liveStyles, historyStyles, contractStyles],
    css`
      :host {
        container: page / inline-size;
      }
      section {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--souk-space-3);
        margin-block-start: var(--souk-space-5);
      }
      .alarm {
        margin-block-end: var(--souk-space-4);
        overflow-wrap: anywhere;
      }
    `,
  ];

  declare protected seen: Deployments | undefined;
  declare protected problem: RequestProblem | undefined;
  declare protected alarm: ShellDeploymentAlarmDetail | undefined;
  /** The type of event that is chosen in the graph. */
  declare protected chosen: string | undefined;
  declare protected now: number;

  #living = new AbortController();
  #asking = new AbortController();
  #beat: ReturnType<typeof setInterval> | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.now = Date.now();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#living = new AbortController();
    const { signal } = this.#living;
    listen(ShellPushReset, () => this.#lookSoon(), { signal });
    listen(ShellDeploymentChanged, () => this.#lookSoon(), { signal });
    const alarmed = (detail: ShellDeploymentAlarmDetail) => {
      this.alarm = detail;
      this.#lookSoon();
    };
    listen(ShellDeploymentAlarm, alarmed, { signal });
    this.#beat = setInterval(() => document.visibilityState === 'visible' && void this.#look(), beatMs);
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
    const { seen, problem } = this;
    const look = () => void this.#look();
    return html`${header('/ops/deployments')} ${this.#alarmed()} ${problem ? problemNotice(problem, look) : nothing}
    ${
      seen
        ? html`${liveView(seen.mfes, seen.health, look)}
            <section aria-labelledby="history-title">
              <h2 id="history-title">What has happened</h2>
              ${historyList(seen.history, this.now)}
            </section>
            <section aria-labelledby="together-title">
              <h2 id="together-title">What was live together</h2>
              <p class="quiet-text">Each page view and each error report carries the id of its versions.</p>
              <ops-live-together></ops-live-together>
            </section>
            <section aria-labelledby="contract-title">
              <h2 id="contract-title">Who sends what to whom</h2>
              ${contractGraph(seen.participants, this.chosen, (type) => (this.chosen = type))}
            </section>`
        : problem
          ? nothing
          : html`<p class="quiet-text">Looking …</p>`
    }`;
  }

  protected override updated(): void {
    document.title = 'Deployments · Souk';
  }

  #alarmed(): TemplateResult | typeof nothing {
    const { alarm } = this;
    if (!alarm) return nothing;
    const what = alarm.kind === 'rolled-back' ? 'was rolled back by itself' : 'is damaged in the store';
    return html`<div class="alarm notice bad row" role="alert">
      <span><strong>${alarm.name} ${alarm.version}</strong> ${what}: ${alarm.reason}</span>
      <button @click=${() => (this.alarm = undefined)}>Seen</button>
    </div>`;
  }

  #lookSoon(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.#look(), settleMs);
  }

  /** Of several looks only the last counts. What is shown stays until then. */
  async #look(): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    try {
      const seen = await readDeployments(signal);
      if (signal.aborted) return;
      this.seen = seen;
      this.problem = undefined;
      this.now = Date.now();
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof RequestProblem)) throw error;
      this.problem = error;
    }
  }
}

if (!customElements.get('ops-deployments')) customElements.define('ops-deployments', OpsDeployments);
