import { launcherWords } from './launcher-words.ts';
import launcher from './styles/launcher.css?inline';
import panel from './styles/panel.css?inline';

/** The launcher's style sheet. */
export const launcherCss: string = launcher + panel;

/** What is in the launcher's shadow root. Built by hand: a string of HTML would need a Trusted Types policy. */
export function launcherMarkup(): Node[] {
  const { ask, stays, close, opening, cannotOpen, tryAgain, unread } = launcherWords();
  const conversation = h('div', { class: 'conversation' });
  const loading = h(
    'div',
    { class: 'loading', role: 'status' },
    h('span', { class: 'spinner' }),
    h('span', { 'data-word': 'opening' }, opening),
  );
  const failed = h(
    'div',
    { class: 'failed', role: 'alert' },
    h('p', { 'data-word': 'cannotOpen' }, cannotOpen),
    h('button', { type: 'button', class: 'again' }, tryAgain),
  );
  const panel = h(
    'dialog',
    { id: 'panel', 'aria-labelledby': 'title' },
    h(
      'div',
      { class: 'head' },
      h('h2', { id: 'title', 'data-word': 'ask' }, ask),
      h('p', { 'data-word': 'stays' }, stays),
      h('button', { type: 'button', class: 'close', 'aria-label': close }, icon('M5 5l10 10M15 5L5 15')),
    ),
    h('div', { class: 'body', 'data-state': 'loading' }, loading, failed, conversation),
  );
  const button = h(
    'button',
    {
      type: 'button',
      class: 'launch',
      'aria-expanded': 'false',
      'aria-controls': 'panel',
    },
    icon('M3.500 5.500a2 2 0 0 1 2-2h9a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H9.500l-4 3v-3a2 2 0 0 1-2-2z'),
    h('span', { class: 'label', 'data-word': 'ask' }, ask),
    h(
      'span',
      { class: 'badge', hidden: '' },
      h('span', { class: 'count' }),
      h('span', { class: 'spoken', 'data-word': 'unread' }, unread),
    ),
  );
  return [button, panel];
}

/** Puts the words of now in the place of those that the markup was made with. */
export function speak(root: ShadowRoot): void {
  const words = launcherWords();
  for (const element of root.querySelectorAll<HTMLElement>('[data-word]'))
    element.textContent = words[element.dataset['word'] as keyof typeof words];
  root.querySelector('.close')?.setAttribute('aria-label', words.close);
}

function h(tag: string, attributes: Readonly<Record<string, string>>, ...children: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function icon(path: string): SVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(namespace, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
