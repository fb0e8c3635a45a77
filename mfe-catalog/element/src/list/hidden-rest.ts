import { html, type TemplateResult } from 'lit';

/** What an address says beside the fields of a form, so that the form keeps it; the page number starts anew. */
export function hiddenRest(address: URL, fields: readonly string[]): TemplateResult[] {
  return [...address.searchParams]
    .filter(([name]) => name !== 'page' && !fields.includes(name))
    .map(([name, value]) => html`<input type="hidden" name=${name} value=${value} />`);
}
