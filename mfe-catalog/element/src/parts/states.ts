import { html, type TemplateResult } from 'lit';
import { categoryAddress } from '../addresses.ts';
import type { Former } from '../get-json.ts';
import { words } from '../words/index.ts';

/** The backend did not answer: say so, and offer to ask again. */
export function failed(retry: () => void, busy: boolean): TemplateResult {
  const said = words().failed;
  return html`<section class="state" role="alert">
    <h1>${said.heading}</h1>
    <p>${said.text}</p>
    <button class="button" ?disabled=${busy} @click=${retry}>${busy ? said.asking : said.again}</button>
  </section>`;
}

/** There is nothing at this address; not any more, where it is known what stood here. */
export function missing(former?: Former): TemplateResult {
  const said = words().missing;
  if (former)
    return html`<section class="state">
      <h1>${said.formerly(former.title)}</h1>
      <p>${said.formerlyText}</p>
      <p><a class="button" href=${categoryAddress(former.category.slug)}>${former.category.title}</a></p>
      <p><a href="/search">${said.seeEverything}</a></p>
    </section>`;
  return html`<section class="state">
    <h1>${said.title}</h1>
    <p>${said.text}</p>
    <p><a class="button" href="/">${said.toStart}</a></p>
    <p><a href="/search">${said.toSearch}</a></p>
  </section>`;
}
