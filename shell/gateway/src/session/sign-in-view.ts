import { escapeHtml } from '../page/html.ts';

/** What the sign-in page shows. */
export interface SignInView {
  /** Where to go afterwards. */
  readonly next: string;
  /** What was wrong with the last attempt. */
  readonly problem?: string;
  readonly name?: string;
}

/**
 * HTML of the sign-in page. The form has no `action`, so that the fragment of the address that was asked for lives on: a
 * browser hands it on from redirect to redirect.
 */
export const signInView = ({ next, problem, name = '' }: SignInView): string =>
  `<h1>Sign in</h1>
<p>For the people who work in the shop. Shoppers need no account.</p>
${problem ? `<p class="souk-notice souk-notice--bad" role="alert">${escapeHtml(problem)}</p>` : ''}
<form class="souk-form" method="post">
<input type="hidden" name="next" value="${escapeHtml(next)}">
<label for="name">Name</label>
<input id="name" name="name" autocomplete="username" maxlength="60" required aria-describedby="name-hint" value="${escapeHtml(name)}">
<p class="souk-hint" id="name-hint">Your colleagues at the desk see it. Use the same one each time.</p>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="200" required>
<button class="souk-button">Sign in</button>
</form>`;

/** HTML for somebody who is signed in. */
export const signedInView = (): string =>
  `<h1>You are signed in</h1>
<p><a class="souk-button" href="/desk">To the desk</a></p>
<form class="souk-form" method="post" action="/sign-out"><button class="souk-button souk-button--secondary">Sign out</button></form>`;
