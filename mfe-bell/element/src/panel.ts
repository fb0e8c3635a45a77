import { ShellNavigated, listen } from '@souk/shared-events/browser';
import { h } from './build.ts';
import { cross } from './cross.ts';
import { words } from './words/index.ts';
import css from './panel.css?inline';

/** Narrower than this the panel takes the whole screen and is modal. */
const narrow = '(max-width: 599px)';

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

/** Opens the centre in a panel below the bell, or closes it. */
export function toggle(host: HTMLElement, button: HTMLElement, signal: AbortSignal): void {
  const root = host.shadowRoot!;
  const panel = root.querySelector('dialog') ?? makePanel(host, button, signal);
  if (panel.open) return panel.close();
  if (matchMedia(narrow).matches) panel.showModal();
  else panel.show();
  button.ariaExpanded = 'true';
}

function makePanel(host: HTMLElement, button: HTMLElement, signal: AbortSignal): HTMLDialogElement {
  const root = host.shadowRoot!;
  root.adoptedStyleSheets.push(sheet);
  const close = cross();
  const title = h('h2', { id: 'title' }, words().title);
  const head = h('div', { class: 'head' }, title, close);
  const panel = h('dialog', { 'aria-labelledby': 'title' }, head, document.createElement('bell-centre'));
  const dialog = panel as HTMLDialogElement;
  button.after(dialog);

  const end = (event?: Event) => {
    event?.preventDefault();
    dialog.close();
  };
  close.addEventListener('click', end);
  dialog.addEventListener('cancel', end);
  dialog.addEventListener('keydown', (event) => event.key === 'Escape' && end(event));
  dialog.addEventListener('close', () => (button.ariaExpanded = 'false'));
  document.addEventListener('pointerdown', (event) => !event.composedPath().includes(host) && end(), {
    signal,
    passive: true,
  });
  listen(ShellNavigated, () => dialog.close(), { signal });
  words.onChange(() => {
    title.textContent = words().title;
    close.ariaLabel = words().close;
  }, signal);
  signal.addEventListener('abort', () => {
    dialog.remove();
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((each) => each !== sheet);
  });
  return dialog;
}
