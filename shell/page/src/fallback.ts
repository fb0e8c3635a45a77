import { words } from './words.ts';

/**
 * Where a fallback stands: `panel` = instead of the main content, `notice` = above content that the server rendered and
 * that can still be read, `chip` = in a slot that matters, `quiet` = in a slot that the shop does not need.
 */
export type FallbackLook = 'panel' | 'notice' | 'chip' | 'quiet';

/** What a shopper sees instead of something that failed. */
export interface FallbackOptions {
  readonly look: FallbackLook;
  /** Name of the micro frontend, for people who hear rather than see where the button stands. */
  readonly name: string;
  /** False = only a new document can help, and the button says so. */
  readonly canRetry: boolean;
  readonly onRetry: () => void;
}

/** Builds a fallback. It says what still works, offers one way out, and never takes the focus. */
export const createFallback = ({ look, name, canRetry, onRetry }: FallbackOptions): HTMLElement => {
  const box = make('div', `souk-fallback souk-fallback--${look}`);
  box.setAttribute('role', look === 'panel' ? 'alert' : 'status');
  const text = canRetry ? words.tryAgain : words.reload;
  const button = make('button', look === 'panel' ? 'souk-button' : 'souk-button souk-button--quiet', text);
  button.setAttribute('type', 'button');
  button.addEventListener('click', canRetry ? onRetry : () => location.reload());
  if (look === 'panel') {
    const home = make('a', 'souk-button souk-button--secondary', words.toStart);
    home.setAttribute('href', '/');
    const ways = make('div', 'souk-fallback__ways');
    ways.append(button, home);
    box.append(make('h1', '', words.breakTitle), make('p', '', words.breakText), ways);
    return box;
  }
  button.setAttribute('aria-label', `${text}: ${name}`);
  if (look === 'notice') box.append(make('span', '', words.readOnly));
  if (look === 'chip') box.append(make('span', '', words.notAvailable));
  box.append(button);
  return box;
};

const make = (tag: string, className: string, text = ''): HTMLElement => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
};
