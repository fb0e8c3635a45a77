import { html, nothing, type TemplateResult } from 'lit';
import { choices, countText, starsIn, starsText, type Model } from './model.ts';

/** What the visitor has given, and a form for more. */
export const page = (model: Model): TemplateResult => html`
  <div class="page">
    <h1>Sample</h1>
    ${body(model)}
    <p class="quiet">${model.shown.inCart} in your cart</p>
  </div>
`;

/** How many there are. */
export const badge = ({ shown }: Model): TemplateResult =>
  html`<p class="badge">Sample: <a href="/sample">${countText(shown.entries.length)}</a></p>`;

function body(model: Model): TemplateResult {
  const { status, entries, isSending, problem } = model.shown;
  if (status === 'loading') return html`<p class="wait" role="status">Loading …</p>`;
  if (status === 'failed') {
    return html`<div class="problem" role="alert">
      <p>This cannot be shown right now.</p>
      <button type="button" @click=${model.load}>Try again</button>
    </div>`;
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    model.add(starsIn(event.currentTarget as HTMLFormElement));
  };
  return html`
    <form @submit=${submit}>
      <label for="stars">Stars</label>
      <select id="stars" name="stars">
        ${choices.map((stars) => html`<option value=${stars}>${starsText(stars)}</option>`)}
      </select>
      <button ?disabled=${isSending}>Add</button>
    </form>
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : nothing}
    ${
      entries.length > 0
        ? html`<ul>
            ${entries.map(({ stars }) => html`<li>${starsText(stars)}</li>`)}
          </ul>`
        : html`<p class="quiet">Nothing here yet.</p>`
    }
  `;
}
