import { listen, ShellNavigated } from '@souk/shared-events/browser';
import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { hashOf, questionOf } from '../address.ts';
import type { Question } from '../http/query.ts';
import type { RequestProblem } from '../http/request.ts';
import { problemNotice } from '../parts/problem.ts';
import { base } from '../styles/base.ts';
import { answerStyles, answerView, type AnswerLook } from './answer-view.ts';
import { examples } from './examples.ts';
import { forgetHistory, readHistory, remember } from './history.ts';
import './ops-editor.ts';
import { lineOf } from './ops-editor.ts';
import { pageRows, tableStyles } from './answer-table.ts';
import { createQueryRun } from './query-run.ts';
import { queryStyles } from './query-styles.ts';
import { shelf } from './shelf.ts';

/** What stands in the editor when nobody has said anything. */
const blank: Question = { language: 'sql', text: examples[0]?.text ?? '', asOf: '' };

/**
 * The query language: an editor, what was asked before, and the answer as table and chart. The query that was run stands
 * in the fragment of the address.
 * @element ops-query
 */
class OpsQuery extends LitElement {
  static override properties: PropertyDeclarations = {
    question: { state: true },
    history: { state: true },
    look: { state: true },
  };
  static override styles = [base, queryStyles, answerStyles, tableStyles];

  declare protected question: Question;
  declare protected history: readonly Question[];
  declare protected look: AnswerLook;

  readonly #run = createQueryRun(() => this.requestUpdate());
  #living = new AbortController();

  constructor() {
    super();
    this.question = questionOf(new URL(location.href)) ?? readHistory()[0] ?? blank;
    this.history = readHistory();
    this.look = { chart: 'as asked', shownRows: pageRows };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#living = new AbortController();
    const { signal } = this.#living;
    listen(ShellNavigated, () => this.#follow(), { signal });
    window.addEventListener('hashchange', () => this.#follow(), { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#living.abort();
    this.#run.stop();
  }

  protected override render(): TemplateResult {
    const { state } = this.#run;
    const { problem, isRunning } = state;
    return html`
      <form class="ask" @submit=${this.#submit}>
        <fieldset class="language row">
          <legend class="visually-hidden">Language</legend>
          ${(['sql', 'kql'] as const).map(
            (language) =>
              html`<label class="choice"
                ><input
                  type="radio"
                  name="language"
                  value=${language}
                  .checked=${live(this.question.language === language)}
                  @change=${() => this.#edit({ language })}
                />${language.toUpperCase()}</label
              >`,
          )}
        </fieldset>
        <ops-editor
          .value=${this.question.text}
          .place=${problem?.place}
          .typed=${(text: string) => this.#edit({ text })}
          .run=${() => this.#ask()}
        ></ops-editor>
        <div class="row actions">
          ${
            isRunning
              ? html`<button class="main" type="button" @click=${() => this.#run.stop()}>Stop</button>`
              : html`<button class="main" aria-keyshortcuts="Control+Enter">Run</button>`
          }
          <span class="quiet-text shortcut" aria-hidden="true">Ctrl + Enter</span>
          <label class="as-of"
            >As of
            <input
              .value=${live(this.question.asOf ?? '')}
              placeholder="now, a position, or a time"
              maxlength="40"
              autocomplete="off"
              spellcheck="false"
              @input=${(event: Event) => this.#edit({ asOf: (event.target as HTMLInputElement).value })}
          /></label>
        </div>
      </form>
      ${shelf({
        ...{ examples, history: this.history, choose: (question) => this.#choose(question) },
        forget: () => {
          forgetHistory();
          this.history = [];
        },
      })}
      ${problem ? this.#problem(problem) : nothing} ${answerView(state, this.look, (look) => (this.look = look))}
    `;
  }

  protected override updated(): void {
    this.ariaBusy = this.#run.state.isRunning && !this.#run.state.answer ? 'true' : null;
  }

  #problem(problem: RequestProblem): TemplateResult {
    const { place } = problem;
    if (!place) return problemNotice(problem, problem.mayPass ? () => this.#ask() : undefined);
    const { line, column } = lineOf(this.question.text, place.start);
    return html`<div class="notice bad row" role="alert">
      <span>${problem.message}</span>
      <button @click=${() => this.renderRoot.querySelector('ops-editor')?.goTo(place)}>
        Go to line ${line}, column ${column}
      </button>
    </div>`;
  }

  #edit(change: Partial<Question>): void {
    this.question = { ...this.question, ...change };
    // The mark stands where the text was wrong, which is not where it is now.
    this.#run.forgetProblem();
  }

  #choose(question: Question): void {
    this.question = question;
    this.#run.forgetProblem();
    this.renderRoot.querySelector('ops-editor')?.focus();
  }

  #submit(event: Event): void {
    event.preventDefault();
    this.#ask();
  }

  #ask(): void {
    if (this.question.text.trim() === '') return;
    this.history = remember(this.question);
    this.look = { chart: 'as asked', shownRows: pageRows };
    history.replaceState(history.state, '', location.pathname + location.search + hashOf(this.question));
    void this.#run.start(this.question);
  }

  /** Somebody went to the address of another query. */
  #follow(): void {
    const asked = questionOf(new URL(location.href));
    if (asked && hashOf(asked) !== hashOf(this.question)) this.#choose(asked);
  }
}

if (!customElements.get('ops-query')) customElements.define('ops-query', OpsQuery);
