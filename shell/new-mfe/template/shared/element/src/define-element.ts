import { createModel, type Model } from './model.ts';
import css from './styles.css?inline';

/** Shows a model inside an empty box; returns the undo. The one thing that depends on the framework. */
export type Mount = (box: HTMLElement, model: Model) => () => void;

/** Defines an element that mounts its view when it comes into the page, and leaves nothing behind when it goes. */
export const defineElement = (tag: string, mount: Mount): void => {
  if (customElements.get(tag)) return;
  customElements.define(
    tag,
    class extends HTMLElement {
      readonly #root = this.attachShadow({ mode: 'open' });
      #gone: AbortController | undefined;
      #unmount: (() => void) | undefined;

      connectedCallback(): void {
        this.#root.adoptedStyleSheets = [sheet];
        this.#gone = new AbortController();
        // A new box each time: frameworks keep notes on the one that they were given.
        const box = document.createElement('div');
        this.#root.replaceChildren(box);
        this.#unmount = mount(box, createModel(this, this.#gone.signal));
      }

      disconnectedCallback(): void {
        this.#gone?.abort();
        this.#unmount?.();
      }
    },
  );
};

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
