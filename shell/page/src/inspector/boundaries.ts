import type { Who } from './who.ts';

/** Draws a frame around each place of a micro frontend, with its owner and version. */
export interface Boundaries {
  readonly box: HTMLElement;
  show(isShown: boolean): void;
}

/** Follows the page as it moves, until `signal` aborts. */
export const createBoundaries = (who: Who, signal: AbortSignal): Boundaries => {
  const box = document.createElement('div');
  box.className = 'frames';
  let isShown = false;

  const draw = (): void =>
    box.replaceChildren(
      ...(isShown ? [...document.querySelectorAll<HTMLElement>('[data-mfe]')].map((place) => frameOf(place, who)) : []),
    );
  const sizes = new ResizeObserver(draw);
  sizes.observe(document.body);
  const content = new MutationObserver(draw);
  content.observe(document.querySelector('main') ?? document.body, { childList: true, attributes: true });
  for (const type of ['scroll', 'resize']) window.addEventListener(type, draw, { signal, passive: true });
  signal.addEventListener('abort', () => {
    sizes.disconnect();
    content.disconnect();
  });

  return {
    box,
    show(wanted) {
      isShown = wanted;
      draw();
    },
  };
};

const frameOf = (place: HTMLElement, who: Who): HTMLElement => {
  const { left, top, width, height } = place.getBoundingClientRect();
  const frame = document.createElement('div');
  const label = document.createElement('span');
  const { mfe = '', version, element, state } = place.dataset;
  label.textContent = [mfe, who.ownerOf(mfe), version, element && `<${element}>`, state].filter(Boolean).join(' · ');
  frame.append(label);
  for (const [name, value] of Object.entries({ left, top, width, height })) {
    frame.style.setProperty(name, `${value}px`);
  }
  return frame;
};
