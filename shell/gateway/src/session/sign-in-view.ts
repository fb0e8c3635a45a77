import { escapeHtml } from '../page/html.ts';
import type { Words } from '../words/en.ts';

/** What the sign-in page shows. */
export interface SignInView {
  /** Where to go afterwards. */
  readonly next: string | undefined;
  /** Whether somebody asked for a page of the staff. */
  readonly staffFirst: boolean;
  /** What customers sign in with, as HTML. */
  readonly passkeys: string;
  /** What was wrong with the last attempt of one of the staff. */
  readonly problem?: string;
  readonly name?: string;
}

/** HTML of the sign-in page: for who asked first, then for the others. */
export const signInView = (view: SignInView, { account: said }: Words): string => {
  const parts = [view.passkeys, staffPart(view, said)];
  return `<h1 data-written>${said.signIn}</h1>\n${(view.staffFirst ? parts.toReversed() : parts).join('\n')}`;
};

/**
 * The form has no `action`, so that the fragment of the address that was asked for lives on: a browser hands it on from
 * redirect to redirect.
 */
const staffPart = ({ next, problem, name = '' }: SignInView, said: Words['account']): string =>
  `<section class="souk-part" aria-labelledby="staff">
<h2 id="staff">${said.staff.heading}</h2>
${problem ? `<p class="souk-notice souk-notice--bad" role="alert">${escapeHtml(problem)}</p>` : ''}
<form class="souk-form" method="post">
<input type="hidden" name="next" value="${escapeHtml(next ?? '/desk')}">
<label for="name">${said.staff.name}</label>
<input id="name" name="name" autocomplete="username" maxlength="60" required aria-describedby="name-hint" value="${escapeHtml(name)}">
<p class="souk-hint" id="name-hint">${said.staff.nameHint}</p>
<label for="password">${said.staff.password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="200" required>
<button class="souk-button">${said.signIn}</button>
</form>
</section>`;

/** HTML for one of the staff who is signed in. */
export const signedInView = ({ account: said, signOut }: Words): string =>
  `<h1 data-written>${said.youAreSignedIn}</h1>
<p><a class="souk-button" href="/desk">${said.toDesk}</a> <a class="souk-button souk-button--secondary" href="/account">${said.passkeysAndSessions}</a></p>
<form class="souk-form" method="post" action="/sign-out"><button class="souk-button souk-button--secondary">${signOut}</button></form>`;
