import { escapeHtml, scriptJson } from '../page/html.ts';
import { tagOf, type Language } from '../locale/locale.ts';
import type { Words } from '../words/en.ts';
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
export const passkeySignIn = ({ next, ceremonies }: PasskeySignInView, { account: said }: Words): string => {
  if (!ceremonies) {
    return `<p class="souk-notice">${said.needsSecure}</p>`;
  }
  const { signIn, register, customerId } = ceremonies;
  return `<section class="souk-part" aria-labelledby="yours">
<h2 id="yours">${said.heading}</h2>
<p>${said.lead}</p>
${passkeyForm('/sign-in/passkey', 'sign-in', signIn, said)}
<input type="hidden" name="next" value="${escapeHtml(next)}">
<label for="who">${said.passkey}</label>
<input id="who" autocomplete="username webauthn" aria-describedby="who-hint">
<p class="souk-hint" id="who-hint">${said.passkeyHint}</p>
<button class="souk-button" data-passkey-start>${said.usePasskey}</button>
</form>
</section>
<section class="souk-part" aria-labelledby="new">
<h2 id="new">${said.newHere}</h2>
${passkeyForm('/account/register', 'register', register, said)}
<input type="hidden" name="next" value="${escapeHtml(next)}">
<input type="hidden" name="customer" value="${customerId}">
${detailFields({ name: '', email: '' }, said)}
<p class="souk-hint">${said.whatIsPasskey}</p>
<button class="souk-button souk-button--secondary" data-passkey-start>${said.create}</button>
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

/** What a view is written in. */
export interface Spoken {
  readonly words: Words;
  readonly language: Language;
}

/** HTML of `/account`. */
export const accountView = (view: AccountView, { words, language }: Spoken): string => {
  const { account: said, signOut } = words;
  const { details, passkeys, sessions, sessionId, register, hasPassword, problem } = view;
  const mayRemove = hasPassword || passkeys.length > 1;
  return `<h1 data-written>${said.heading}</h1>
${problem ? `<p class="souk-notice souk-notice--bad" role="alert">${escapeHtml(problem)}</p>` : ''}
<section class="souk-part" aria-labelledby="passkeys">
<h2 id="passkeys">${said.passkeys}</h2>
<ul class="souk-list">${passkeys.map((each) => passkeyItem(each, mayRemove, { words, language })).join('\n')}</ul>
${recovery(passkeys.length, hasPassword, said)}
${
  register
    ? `${passkeyForm('/account/passkeys', 'register', register, said)}
<button class="souk-button souk-button--secondary" data-passkey-start>${said.addPasskey}</button>
</form>`
    : ''
}
</section>
<section class="souk-part" aria-labelledby="sessions">
<h2 id="sessions">${said.where}</h2>
<ul class="souk-list">${sessions.map((each) => sessionItem(each, sessionId, { words, language })).join('\n')}</ul>
</section>
${
  details
    ? `<section class="souk-part" aria-labelledby="about">
<h2 id="about">${said.aboutYou}</h2>
<form class="souk-form" method="post" action="/account/details">
${detailFields(details, said)}
<button class="souk-button souk-button--secondary">${said.save}</button>
</form>
</section>`
    : ''
}
<form class="souk-form" method="post" action="/sign-out"><button class="souk-button souk-button--secondary">${signOut}</button></form>`;
};

const passkeyItem = (
  { credentialId, label, addedAt }: ShownPasskey,
  mayRemove: boolean,
  { words: { account: said }, language }: Spoken,
): string => {
  const id = escapeHtml(credentialId);
  const name = escapeHtml(label);
  return `<li>
<p><strong><bdi>${name}</bdi></strong> <span class="souk-hint">${said.addedOn} ${time(new Date(addedAt), language)}</span></p>
<form class="souk-row" method="post" action="/account/passkeys/rename">
<input type="hidden" name="passkey" value="${id}">
<input name="label" aria-label="${said.nameOfPasskey(name)}" value="${name}" maxlength="60" required autocomplete="off">
<button class="souk-button souk-button--secondary">${said.rename}<span class="souk-unseen"> ${name}</span></button>
</form>
${
  mayRemove
    ? `<form method="post" action="/account/passkeys/remove">
<input type="hidden" name="passkey" value="${id}">
<button class="souk-button souk-button--quiet">${said.remove}<span class="souk-unseen"> ${name}</span></button>
</form>`
    : ''
}
</li>`;
};

const recovery = (count: number, hasPassword: boolean, said: Words['account']): string => {
  if (hasPassword) return `<p class="souk-hint">${said.passwordWorks}</p>`;
  if (count > 1) return `<p class="souk-hint">${said.noMail}</p>`;
  return `<p class="souk-notice souk-notice--warn">${said.noMail} ${said.addSecond}</p>`;
};

const sessionItem = (
  { publicId, device, seenAt }: OpenSession,
  own: string,
  { words: { account: said }, language }: Spoken,
): string =>
  `<li>
<p><strong><bdi>${escapeHtml(device)}</bdi></strong> ${
    publicId === own
      ? said.thisBrowser
      : `<span class="souk-hint">${said.lastSeen} ${time(new Date(seenAt), language)}</span>`
  }</p>
${
  publicId === own
    ? ''
    : `<form method="post" action="/account/sessions/end">
<input type="hidden" name="session" value="${publicId}">
<button class="souk-button souk-button--quiet">${said.signOutThere}<span class="souk-unseen">: ${escapeHtml(device)}</span></button>
</form>`
}
</li>`;

const detailFields = ({ name, email }: Details, said: Words['account']): string =>
  `<label for="given">${said.name}</label>
<input id="given" name="given" autocomplete="name" maxlength="100" value="${escapeHtml(name)}">
<label for="email">${said.email}</label>
<input id="email" name="email" type="email" autocomplete="email" inputmode="email" maxlength="200" value="${escapeHtml(email)}">`;

/** The page's module answers the ceremony and sends the form; without scripts it says that it needs one. */
const passkeyForm = (
  action: string,
  ceremony: 'register' | 'sign-in',
  options: object,
  said: Words['account'],
): string =>
  `<form class="souk-form" method="post" action="${action}" data-passkey="${ceremony}" data-options="${escapeHtml(scriptJson(options))}">
<noscript><p class="souk-notice">${said.passkeyNeedsScript}</p></noscript>
<p class="souk-notice souk-notice--bad" role="alert" data-passkey-problem hidden></p>
<input type="hidden" name="credential">`;

const time = (at: Date, language: Language): string => {
  const shown = at.toLocaleString(tagOf(language), { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  return `<time datetime="${at.toISOString()}">${shown} UTC</time>`;
};
