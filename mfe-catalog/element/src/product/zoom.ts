import type { Picture } from '@souk/catalog-api';
import css from './zoom.css?inline';
import { words } from '../words/index.ts';

/** What is looked at closely. */
export interface ZoomOptions {
  /** Where the dialog is put. */
  readonly root: ShadowRoot;
  /** What the pictures are of. */
  readonly title: string;
  readonly pictures: readonly Picture[];
  /** Address of the picture to begin with. */
  readonly src: string;
  /** Told of each picture that is turned to. */
  readonly show: (src: string) => void;
}

/**
 * A dialog as large as the window: arrows turn to the next picture, a click or its button brings it closer (two fingers do so
 * as everywhere), Escape closes, and the focus goes back to where it was.
 */
export function openZoom({ root, title, pictures, src, show }: ZoomOptions): HTMLDialogElement {
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  let at = Math.max(
    0,
    pictures.findIndex((each) => each.src === src),
  );

  const said = words().product;
  const dialog = make('dialog', 'zoom');
  dialog.ariaLabel = said.picturesOf(title);
  const image = make('img', 'zoom-picture');
  const stage = make('div', 'zoom-stage');
  stage.append(image);
  const place = make('p', 'zoom-place');
  place.role = 'status';

  const bringCloser = (isClose: boolean, point?: MouseEvent) => {
    const box = image.getBoundingClientRect();
    const [x, y] = point ? [(point.clientX - box.x) / box.width, (point.clientY - box.y) / box.height] : [0.5, 0.5];
    stage.classList.toggle('close', isClose);
    closer.ariaPressed = String(isClose);
    if (!isClose) return;
    stage.scrollTo({
      left: image.offsetLeft + x * image.offsetWidth - stage.clientWidth / 2,
      top: image.offsetTop + y * image.offsetHeight - stage.clientHeight / 2,
    });
  };

  const turnTo = (index: number) => {
    at = (index + pictures.length) % pictures.length;
    const { src: address, srcset = '', width, height, alt } = pictures[at]!;
    Object.assign(image, { sizes: '100vw', srcset, src: address, width, height, alt });
    bringCloser(false);
    place.textContent = pictures.length > 1 ? `${at + 1} / ${pictures.length}` : '';
  };

  const turnBy = (by: number) => {
    turnTo(at + by);
    show(pictures[at]!.src);
  };

  const closer = button(said.closer, 'zoom-closer', () => bringCloser(!stage.classList.contains('close')));
  const bar = make('div', 'zoom-bar');
  const several = pictures.length > 1;
  bar.append(
    place,
    closer,
    ...(several ? [button(said.previousPicture, 'zoom-previous', () => turnBy(-1))] : []),
    ...(several ? [button(said.nextPicture, 'zoom-next', () => turnBy(1))] : []),
    button(said.close, 'zoom-close', () => dialog.close()),
  );
  dialog.append(stage, bar);

  stage.addEventListener('click', (event) =>
    event.target === image ? bringCloser(!stage.classList.contains('close'), event) : dialog.close(),
  );
  dialog.addEventListener('keydown', (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    // What is close is moved by the arrows instead.
    if (by === undefined || !several || stage.classList.contains('close')) return;
    event.preventDefault();
    turnBy(getComputedStyle(dialog).direction === 'rtl' ? -by : by);
  });
  dialog.addEventListener('close', () => dialog.remove());

  root.append(dialog);
  turnTo(at);
  dialog.showModal();
  return dialog;
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className: string): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

function button(label: string, className: string, click: () => void): HTMLButtonElement {
  const element = make('button', `zoom-button ${className}`);
  element.type = 'button';
  element.ariaLabel = label;
  element.title = label;
  element.addEventListener('click', click);
  return element;
}
