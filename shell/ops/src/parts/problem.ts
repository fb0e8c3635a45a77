import { html, nothing, type TemplateResult } from 'lit';
import type { RequestProblem } from '../http/request.ts';

/** Why something could not be had, and what can be done about it. */
export function problemNotice(problem: RequestProblem, retry?: () => void): TemplateResult {
  if (problem.isStaffOnly) {
    return html`<p class="notice bad" role="alert">
      This page is for the staff. <a href=${`/sign-in?next=${encodeURIComponent(location.pathname)}`}>Sign in</a>
    </p>`;
  }
  return html`<div class="notice bad row" role="alert">
    <span>${problem.message}</span>
    ${retry ? html`<button @click=${retry}>Try again</button>` : nothing}
  </div>`;
}
