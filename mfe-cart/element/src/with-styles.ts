import { restore, whereabouts } from './keep-focus.ts';
import type { Whereabouts } from './keep-focus.ts';

type ElementClass = new (...args: never[]) => HTMLElement & { connectedCallback?(): unknown };

const sheets = new Map<string, CSSStyleSheet>();

/** Where somebody was in an element when its own code arrived. */
const before = new WeakMap<HTMLElement, Whereabouts | undefined>();

/**
 * Gives a Svelte element its style sheet as an adopted one: a style tag in the shadow root, Svelte's own way, is
 * blocked by the shop's content security policy. Elements with the same key share the sheet.
 *
 * Svelte renders anew what the server has rendered, and with the old markup goes whoever was in it: the focus and what
 * was typed are put back.
 */
export function withStyles(key: string, css: string): (base: ElementClass) => ElementClass {
  const sheet = sheets.get(key) ?? new CSSStyleSheet();
  sheets.set(key, sheet);
  sheet.replaceSync(css);
  return (base) =>
    class extends base {
      constructor(...args: never[]) {
        super(...args);
        if (this.shadowRoot) this.shadowRoot.adoptedStyleSheets = [sheet];
      }

      /** Called by the constructor above this one; it empties a root that the server has filled. */
      override attachShadow(init: ShadowRootInit): ShadowRoot {
        before.set(this, whereabouts(this.shadowRoot));
        return super.attachShadow(init);
      }

      override async connectedCallback(): Promise<void> {
        await super.connectedCallback?.();
        const place = before.get(this);
        before.delete(this);
        if (place && this.shadowRoot) restore(this.shadowRoot, place);
      }
    };
}
