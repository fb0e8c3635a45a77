import { browserSupportsWebAuthnAutofill, startAuthentication, startRegistration } from '@simplewebauthn/browser';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';

import { words } from './words.ts';

/**
 * Answers the ceremonies of a page that the gateway wrote: each `form[data-passkey]` says what the browser is asked, takes what
 * it answers in the field `credential`, and is sent as any form is.
 */
export const startPasskeys = (root: ParentNode): void => {
  for (const form of root.querySelectorAll<HTMLFormElement>('form[data-passkey]')) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void perform(form, 'asked');
    });
    if (form.dataset.passkey === 'sign-in') void offer(form);
  }
};

/** Offers passkeys in the list of the field, for as long as nobody asks otherwise. */
const offer = async (form: HTMLFormElement): Promise<void> => {
  if (isPossible() && (await browserSupportsWebAuthnAutofill())) await perform(form, 'offered');
};

const perform = async (form: HTMLFormElement, how: 'asked' | 'offered'): Promise<void> => {
  const { passkey, options = '{}' } = form.dataset;
  show(form, '');
  try {
    if (!isPossible()) throw new Error('this browser has no passkeys here');
    const credential =
      passkey === 'register'
        ? await startRegistration({ optionsJSON: JSON.parse(options) as PublicKeyCredentialCreationOptionsJSON })
        : await startAuthentication({
            optionsJSON: JSON.parse(options) as PublicKeyCredentialRequestOptionsJSON,
            useBrowserAutofill: how === 'offered',
          });
    form.querySelector<HTMLInputElement>('[name=credential]')!.value = JSON.stringify(credential);
    form.submit();
  } catch (error) {
    // An offer that nobody took up is over when another ceremony begins: no news to anybody.
    if (how === 'asked') show(form, wordsFor(error));
  }
};

const isPossible = (): boolean => window.isSecureContext && 'PublicKeyCredential' in window;

const wordsFor = (error: unknown): string => {
  const { notPossible, notDone, known, otherAddress, failed } = words.passkeys;
  if (!isPossible()) return notPossible;
  const { name } = error as Error;
  if (name === 'NotAllowedError' || name === 'AbortError') return notDone;
  if (name === 'InvalidStateError') return known;
  if (name === 'SecurityError') return otherAddress;
  return failed;
};

const show = (form: HTMLFormElement, problem: string): void => {
  const place = form.querySelector<HTMLElement>('[data-passkey-problem]')!;
  place.hidden = problem === '';
  place.textContent = problem;
};
