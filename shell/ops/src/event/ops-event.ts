import {
  css,
  html,
  LitElement,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { addressOf, noFilters } from '../address.ts';
import { conversationOf, findEvent, type LogEvent } from '../http/log.ts';
import { RequestProblem } from '../http/request.ts';
import '../parts/copy-button.ts';
import { json, jsonStyles } from '../parts/json.ts';
import { problemNotice } from '../parts/problem.ts';
import { absoluteOf, ageOf } from '../parts/ages.ts';
import { base } from '../styles/base.ts';
import { treesOf } from './event-tree.ts';
import { trees, treeStyles } from './tree.ts';

/** More of a conversation than this would be no tree that one can read. */
const maxConversation = 300;

/** An event with what it belongs to. */
interface Found {
  readonly event: LogEvent;
  readonly conversation: readonly LogEvent[];
}

/**
 * One event: its members, its data, and the tree of what caused it and what it caused.
 * @element ops-event
 */
class OpsEvent extends LitElement {
  static override properties: PropertyDeclarations = {
    event: { attribute: false },
    close: { attribute: false },
    found: { state: true },
    problem: { state: true },
  };
  static override styles = [
    base,
    jsonStyles,
    treeStyles,
    css`
      .panel {
        display: grid;
        gap: var(--souk-space-4);
        padding: var(--souk-space-4);
      }
      .head {
        display: flex;
        align-items: start;
        justify-content: space-between;
        gap: var(--souk-space-3);
      }
      .members {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--souk-space-1) var(--souk-space-4);
      }
      .members dt {
        color: var(--souk-ink-2);
      }
      .members dd {
        overflow-wrap: anywhere;
      }
      section {
        display: grid;
        gap: var(--souk-space-2);
        min-inline-size: 0;
      }
    `,
  ];

  /** Id or position. */
  declare event: string;
  declare close: () => void;
  declare protected found: Found | undefined;
  declare protected problem: RequestProblem | 'not there' | undefined;

  #asking = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asking.abort();
  }

  /** Gives the focus to the heading. */
  async focusHeading(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  /** Asks for the event; of several on their way only the last asked for counts. */
  async load(): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    this.ariaBusy = 'true';
    try {
      const event = await findEvent(this.event, signal);
      const id = event?.correlationid ?? null;
      const conversation = !event || id === null ? [] : await conversationOf(id, maxConversation, signal);
      this.problem = event ? undefined : 'not there';
      this.found = event && { event, conversation };
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof RequestProblem)) throw error;
      this.problem = error;
    }
    this.ariaBusy = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('event')) void this.load();
  }

  protected override render(): TemplateResult {
    return html`<article class="panel" aria-labelledby="title">
      <div class="head">
        <h2 id="title" tabindex="-1">${this.problem ? 'Event' : (this.found?.event.type ?? 'Event')}</h2>
        <button aria-label="Close the event" @click=${() => this.close()}>Close</button>
      </div>
      ${this.#content()}
    </article>`;
  }

  #content(): TemplateResult {
    if (this.problem === 'not there') {
      return html`<p class="empty">There is no event with the id or position “${this.event}”.</p>`;
    }
    if (this.problem) return problemNotice(this.problem, () => void this.load());
    if (!this.found) return html`<p class="quiet-text" role="status">Looking it up …</p>`;
    const { event, conversation } = this.found;
    return html`
      ${members(event)}
      <section aria-labelledby="data-title">
        <div class="row">
          <h3 id="data-title">Data</h3>
          <ops-copy label="Copy JSON" .text=${JSON.stringify(event.data, null, 2)}></ops-copy>
          <ops-copy label="Copy event" .text=${JSON.stringify(event, null, 2)}></ops-copy>
        </div>
        ${json(event.data, 'Data of the event')}
      </section>
      <section aria-labelledby="tree-title">
        <h3 id="tree-title">Causes and effects</h3>
        ${
          conversation.length > maxConversation
            ? html`<p class="notice">Only the first ${maxConversation} events of this conversation are shown.</p>`
            : nothing
        }
        ${trees(treesOf(conversation.slice(0, maxConversation)), event)}
      </section>
    `;
  }
}

function members({ position, time, subject, stream, type, id, source, correlationid, causationid }: LogEvent) {
  const only = (filter: Partial<typeof noFilters>, text: string) =>
    html`<a href=${addressOf({ filters: { ...noFilters, ...filter }, event: id })}>${text}</a>`;
  return html`<dl class="members">
    <dt>Position</dt>
    <dd class="mono">${position}</dd>
    <dt>Time</dt>
    <dd><time datetime=${time}>${absoluteOf(time)}</time> (${ageOf(Date.now() - Date.parse(time))} ago)</dd>
    <dt>Subject</dt>
    <dd class="mono">${only({ subject }, subject)}</dd>
    <dt>Stream</dt>
    <dd class="mono">${only({ stream }, stream)}</dd>
    <dt>Type</dt>
    <dd class="mono">${only({ type }, type)}</dd>
    <dt>Source</dt>
    <dd class="mono">${source}</dd>
    <dt>Id</dt>
    <dd class="mono">${id}</dd>
    <dt>Correlation</dt>
    <dd class="mono">${correlationid === null ? 'none' : only({ correlation: correlationid }, correlationid)}</dd>
    <dt>Cause</dt>
    <dd class="mono">${causationid ?? 'none'}</dd>
  </dl>`;
}

if (!customElements.get('ops-event')) customElements.define('ops-event', OpsEvent);

declare global {
  interface HTMLElementTagNameMap {
    'ops-event': OpsEvent;
  }
}
