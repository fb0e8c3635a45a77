import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { RequestProblem } from '../http/request.ts';
import { base } from '../styles/base.ts';
import { actOn, type DeployAct } from './http.ts';

/**
 * What can be done to what is live of one micro frontend; asks before it is done, and says so when it is refused.
 * @element ops-deploy-act
 */
class OpsDeployAct extends LitElement {
  static override properties: PropertyDeclarations = {
    name: { attribute: false },
    acts: { attribute: false },
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
      h2,
      p {
        overflow-wrap: anywhere;
      }
    `,
  ];

  declare name: string;
  declare acts: readonly DeployAct[];
  /** Called when something was done, or is different from what was seen. */
  declare done: () => void;
  declare protected act: DeployAct | undefined;
  declare protected problem: RequestProblem | undefined;
  declare protected busy: boolean;

  protected override render(): TemplateResult {
    const { act, problem, name } = this;
    return html`<div class="row" role="group" aria-label=${`Deploy ${name}`}>
        ${this.acts.map(
          (each) =>
            html`<button aria-label=${`${titleOf(each)} ${name}`} @click=${() => this.#open(each)}>
              ${titleOf(each)}
            </button>`,
        )}
      </div>
      <dialog aria-labelledby="act-title" @close=${() => (this.act = undefined)}>
        ${
          act
            ? html`<form @submit=${this.#submit}>
                <h2 id="act-title">${titleOf(act)} ${name}?</h2>
                <p>${meaningOf(act)}</p>
                ${
                  act.kind === 'promote'
                    ? nothing
                    : html`<label>Why <input name="why" required maxlength="1000" autocomplete="off" /></label>`
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

  async #open(act: DeployAct): Promise<void> {
    this.act = act;
    this.problem = undefined;
    await this.updateComplete;
    this.#dialog?.showModal();
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const why = new FormData(event.currentTarget as HTMLFormElement).get('why');
    const { act } = this;
    if (!act || this.busy) return;
    this.busy = true;
    try {
      await actOn(this.name, act, typeof why === 'string' ? why.trim() : 'promoted from the page of deployments');
      this.#dialog?.close();
      this.done();
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      this.problem = error;
      // Something else is live by now: what is behind the dialog is shown anew.
      if (error.status === 409) this.done();
    } finally {
      this.busy = false;
    }
  }
}

function titleOf({ kind }: DeployAct): string {
  return { promote: 'Promote', rollback: 'Roll back', block: 'Block' }[kind];
}

function meaningOf(act: DeployAct): string {
  switch (act.kind) {
    case 'promote':
      return `Every session gets ${act.version} from its next page on.`;
    case 'rollback':
      return act.to === undefined
        ? `Nobody gets ${act.version} any more; all get the stable version again.`
        : `Every session gets ${act.to} again, in place of ${act.version}.`;
    case 'block':
      return `${act.version} is taken from everybody, and can never go live again.`;
    default:
      return act satisfies never;
  }
}

if (!customElements.get('ops-deploy-act')) customElements.define('ops-deploy-act', OpsDeployAct);
