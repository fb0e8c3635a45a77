import { words } from './words/index.ts';
import { h, icon } from './build.ts';

/** A button that closes something. */
export function cross(): HTMLElement {
  return h('button', { type: 'button', class: 'close', 'aria-label': words().close }, icon('M6 6l12 12M18 6 6 18'));
}
