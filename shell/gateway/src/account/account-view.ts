import { escapeHtml, scriptJson } from '../page/html.ts';
import type { OpenSession } from '../session/sessions.ts';
import type { Details, ShownPasskey } from './accounts.ts';

/** What customers sign in with. */
export interface PasskeySignInView {
  /** Where to go afterwards. */
  readonly next: string;
  /** What the browser is asked, as WebAuthn has it; `undefined` where the shop's address allows no passkeys. */
  readonly ceremonies: { readonly signIn: object; readonly register: object; readonly customerId: string } | undefined;
}

/** HTML of the part of the sign-in page that is for customers. */
export const passkeySignIn = ({ next, ceremonies }: PasskeySignInView): string => {
  if (!ceremonies) {
    return `<p class="souk-notice">Accounts need a secure address: this shop offers them over https, or on localhost. You can shop
without one.</p>`;
  }
  const { signIn, register, customerId } = ceremonies;
  return `<section class="souk-part" aria-labelledby="yours">
<h2 id="yours">Your account</h2>
<p>With an account, cart and orders are the same on all your devices. You can always shop without.</p>
${passkeyForm('/sign-in/passkey', 'sign-in', signIn)}
<input type="hidden" name="next" value="${escapeHtml(next)}">
<label for="who">Passkey</label>
<input id="who" autocomplete="username webauthn" aria-describedby="who-hint">
<p class="souk-hint" id="who-hint">Choose yours from the list that your browser offers here, or use the button.</p>
<button class="souk-button" data-passkey-start>Use a passkey</button>
</form>
</section>
<section class="souk-part" aria-labelledby="new">
<h2 id="new">New here?</h2>
${passkeyForm('/account/register', 'register', register)}
<input type="hidden" name="next" value="${escapeHtml(next)}">
<input type="hidden" name="customer" value="${customerId}">
${detailFields({ name: '', email: '' })}
<p class="souk-hint">A passkey is your fingerprint, your face or the PIN of your device. There is no password to forget.</p>
<button class="souk-button souk-button--secondary" data-passkey-start>Create an account</button>
</form>
</section>`;
};

/** What `/account` shows. */
export interface AccountView {
  readonly details: Details | undefined;
  readonly passkeys: readonly ShownPasskey[];
  readonly sessions: readonly OpenSession[];
  /** Public name of the session that asks. */
  readonly sessionId: string;
  /** What the browser is asked for another passkey; `undefined` where there can be none. */
  readonly register: object | undefined;
  /** Whether there is another way in. */
  readonly hasPassword: boolean;
  readonly problem?: string;
}

/** HTML of `/account`. */
export const accountView = (view: AccountView): string => {
  const { details, passkeys, sessions, sessionId, register, hasPassword, problem } = view;
  const mayRemove = hasPassword || passkeys.length > 1;
  return `<h1>Your account</h1>
${problem ? `<p class="souk-notice souk-notice--bad" role="alert">${escapeHtml(problem)}</p>` : ''}
<section class="souk-part" aria-labelledby="passkeys">
<h2 id="passkeys">Passkeys</h2>
<ul class="souk-list">${passkeys.map((each) => passkeyItem(each, mayRemove)).join('\n')}</ul>
${recovery(passkeys.length, hasPassword)}
${
  register
    ? `${passkeyForm('/account/passkeys', 'register', register)}
<button class="souk-button souk-button--secondary" data-passkey-start>Add a passkey</button>
</form>`
    : ''
}
</section>
<section class="souk-part" aria-labelledby="sessions">
<h2 id="sessions">Where you are signed in</h2>
<ul class="souk-list">${sessions.map((each) => sessionItem(each, sessionId)).join('\n')}</ul>
</section>
${
  details
    ? `<section class="souk-part" aria-labelledby="about">
<h2 id="about">About you</h2>
<form class="souk-form" method="post" action="/account/details">
${detailFields(details)}
<button class="souk-button souk-button--secondary">Save</button>
</form>
</section>`
    : ''
}
<form class="souk-form" method="post" action="/sign-out"><button class="souk-button souk-button--secondary">Sign out</button></form>`;
};

const passkeyItem = ({ credentialId, label, addedAt }: ShownPasskey, mayRemove: boolean): string => {
  const id = escapeHtml(credentialId);
  const name = escapeHtml(label);
  return `<li>
<p><strong>${name}</strong> <span class="souk-hint">added on ${time(new Date(addedAt))}</span></p>
<form class="souk-row" method="post" action="/account/passkeys/rename">
<input type="hidden" name="passkey" value="${id}">
<input name="label" aria-label="Name of the passkey ${name}" value="${name}" maxlength="60" required autocomplete="off">
<button class="souk-button souk-button--secondary">Rename<span class="souk-unseen"> ${name}</span></button>
</form>
${
  mayRemove
    ? `<form method="post" action="/account/passkeys/remove">
<input type="hidden" name="passkey" value="${id}">
<button class="souk-button souk-button--quiet">Remove<span class="souk-unseen"> ${name}</span></button>
</form>`
    : ''
}
</li>`;
};

const recovery = (count: number, hasPassword: boolean): string => {
  if (hasPassword) return '<p class="souk-hint">The password goes on working.</p>';
  const words = 'This shop sends no mail, so nobody can let you in again when all your passkeys are lost.';
  if (count > 1) return `<p class="souk-hint">${words}</p>`;
  return `<p class="souk-notice souk-notice--warn">${words} Add a second one on another device.</p>`;
};

const sessionItem = ({ publicId, device, seenAt }: OpenSession, own: string): string =>
  `<li>
<p><strong>${escapeHtml(device)}</strong> ${
    publicId === own ? '(this browser)' : `<span class="souk-hint">last seen on ${time(new Date(seenAt))}</span>`
  }</p>
${
  publicId === own
    ? ''
    : `<form method="post" action="/account/sessions/end">
<input type="hidden" name="session" value="${publicId}">
<button class="souk-button souk-button--quiet">Sign out there<span class="souk-unseen">: ${escapeHtml(device)}</span></button>
</form>`
}
</li>`;

const detailFields = ({ name, email }: Details): string =>
  `<label for="given">What shall we call you? (optional)</label>
<input id="given" name="given" autocomplete="name" maxlength="100" value="${escapeHtml(name)}">
<label for="email">Email (optional)</label>
<input id="email" name="email" type="email" autocomplete="email" inputmode="email" maxlength="200" value="${escapeHtml(email)}">`;

/** The page's module answers the ceremony and sends the form; without scripts it says that it needs one. */
const passkeyForm = (action: string, ceremony: 'register' | 'sign-in', options: object): string =>
  `<form class="souk-form" method="post" action="${action}" data-passkey="${ceremony}" data-options="${escapeHtml(scriptJson(options))}">
<noscript><p class="souk-notice">A passkey needs JavaScript in your browser.</p></noscript>
<p class="souk-notice souk-notice--bad" role="alert" data-passkey-problem hidden></p>
<input type="hidden" name="credential">`;

const time = (at: Date): string => {
  const words = at.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  return `<time datetime="${at.toISOString()}">${words} UTC</time>`;
};
