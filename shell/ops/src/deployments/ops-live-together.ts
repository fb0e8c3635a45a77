import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { RequestProblem } from '../http/request.ts';
import { absoluteOf } from '../parts/ages.ts';
import { base } from '../styles/base.ts';
import { readLiveTogether, type LiveTogether } from './http.ts';

/**
 * Which versions were live together: of the deployment id of an error report, at a time, or at a position of the log.
 * @element ops-live-together
 */
class OpsLiveTogether extends LitElement {
  static override properties: PropertyDeclarations = {
    found: { state: true },
    problem: { state: true },
  };
  static override styles = [
    base,
    css`
      :host,
      .found {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--souk-space-3);
      }
      form.row {
        align-items: end;
      }
      label {
        flex: 1 1 18rem;
      }
      .set {
        padding: var(--souk-space-3);
        overflow-wrap: anywhere;
      }
      dl {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: var(--souk-space-1) var(--souk-space-3);
      }
    `,
  ];

  declare protected found: LiveTogether | undefined;
  declare protected problem: RequestProblem | undefined;
  #asking = new AbortController();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asking.abort();
  }

  protected override render(): TemplateResult {
    const { found, problem } = this;
    return html`<form class="row" @submit=${this.#submit}>
        <label
          >Deployment id, time or position
          <input name="at" class="mono" required maxlength="40" autocomplete="off" spellcheck="false" />
        </label>
        <button>Look up</button>
      </form>
      ${problem ? html`<p class="notice bad" role="alert">${problem.message}</p>` : nothing}
      <div class="found" role="status">${found ? foundView(found) : nothing}</div>`;
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const { value } = (event.currentTarget as HTMLFormElement).elements.namedItem('at') as HTMLInputElement;
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    try {
      const found = await readLiveTogether(value.trim(), signal);
      if (signal.aborted) return;
      this.found = found;
      this.problem = undefined;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof RequestProblem)) throw error;
      this.found = undefined;
      this.problem = error;
    }
  }
}

function foundView({ sets, periods }: LiveTogether): TemplateResult {
  if (sets.length === 0) return html`<p class="empty">Nothing was live yet.</p>`;
  return html`<ul>
      ${periods.map(
        ({ from, to }) =>
          html`<li>
            Live from <time datetime=${from.time}>${absoluteOf(from.time)}</time>
            ${to === undefined ? 'until now' : html`until <time datetime=${to.time}>${absoluteOf(to.time)}</time>`}
          </li>`,
      )}
    </ul>
    ${sets.map(
      ({ id, versions }) =>
        html`<div class="set panel">
          <h3 class="mono">${id}</h3>
          <dl>
            ${Object.entries(versions).map(
              ([name, version]) =>
                html`<dt>${name}</dt>
                  <dd class="mono">${version}</dd>`,
            )}
          </dl>
        </div>`,
    )}`;
}

if (!customElements.get('ops-live-together')) customElements.define('ops-live-together', OpsLiveTogether);
