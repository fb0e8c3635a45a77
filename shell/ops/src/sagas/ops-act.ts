import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { RequestProblem } from '../http/request.ts';
import { base } from '../styles/base.ts';
import { actOn, type Saga, type SagaAct } from './http.ts';

/** What each act means, for whoever is about to do it. */
const meaning: Readonly<Record<SagaAct, string>> = {
  retry: 'The step is tried again, with all its attempts.',
  skip: 'The step is left out. What it would have done or undone stays as it is.',
  resolve: 'You have done it by hand, and the saga takes it as done. Say what proves it.',
  resume: 'The saga stops going back, and goes forward again.',
};

/**
 * Asks for the reason of an act, and for the evidence where something was done by hand; says so when the act is refused.
 * @element ops-act
 */
class OpsAct extends LitElement {
  static override properties: PropertyDeclarations = {
    saga: { attribute: false },
    done: { attribute: false },
    act: { state: true },
    problem: { state: true },
    busy: { state: true },
  };
  static override styles = [
    base,
    css`
      dialog {
        inline-size: min(32rem, calc(100vw - 2rem));
        padding: var(--souk-space-5);
        border: 1px solid var(--souk-line);
        border-radius: var(--souk-radius-md);
        background: var(--souk-surface);
        color: var(--souk-ink);
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 45%);
      }
      form {
        display: grid;
        gap: var(--souk-space-3);
      }
      textarea {
        min-block-size: 5rem;
      }
    `,
  ];

  declare saga: Saga;
  /** Called when an act was done, or the saga has moved on meanwhile. */
  declare done: () => void;
  declare protected act: SagaAct | undefined;
  declare protected problem: RequestProblem | undefined;
  declare protected busy: boolean;

  protected override render(): TemplateResult {
    const { act, problem } = this;
    return html`<div class="row" role="group" aria-label="Repair">
        ${this.saga.acts.map((each) => html`<button @click=${() => this.#open(each)}>${titleOf(each)}</button>`)}
      </div>
      <dialog aria-labelledby="act-title" @close=${() => (this.act = undefined)}>
        ${
          act
            ? html`<form @submit=${this.#submit}>
                <h2 id="act-title">${titleOf(act)}?</h2>
                <p>${meaning[act]}</p>
                <label>Why <textarea name="why" required maxlength="1000"></textarea></label>
                ${
                  act === 'resolve'
                    ? html`<label>Evidence <textarea name="evidence" required maxlength="2000"></textarea></label>`
                    : nothing
                }
                ${problem ? html`<p class="notice bad" role="alert">${problem.message}</p>` : nothing}
                <div class="row">
                  <button class="main" ?disabled=${this.busy}>${this.busy ? 'Asking …' : titleOf(act)}</button>
                  <button type="button" @click=${() => this.#dialog?.close()}>Cancel</button>
                </div>
              </form>`
            : nothing
        }
      </dialog>`;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  async #open(act: SagaAct): Promise<void> {
    this.act = act;
    this.problem = undefined;
    await this.updateComplete;
    this.#dialog?.showModal();
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const { act } = this;
    if (!act || this.busy) return;
    const evidence = data.get('evidence');
    this.busy = true;
    try {
      const why = (data.get('why') as string).trim();
      await actOn(this.saga, { act, why, ...(typeof evidence === 'string' && { evidence }) });
      this.#dialog?.close();
      this.done();
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      this.problem = error;
      // Somebody else was faster: what is behind the dialog is shown anew.
      if (error.status === 409) this.done();
    } finally {
      this.busy = false;
    }
  }
}

function titleOf(act: SagaAct): string {
  return act.charAt(0).toUpperCase() + act.slice(1);
}

if (!customElements.get('ops-act')) customElements.define('ops-act', OpsAct);
