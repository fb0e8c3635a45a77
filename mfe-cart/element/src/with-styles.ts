import { restore, whereabouts } from './keep-focus.ts';
import type { Whereabouts } from './keep-focus.ts';

type ElementClass = new (...args: never[]) => HTMLElement & { connectedCallback?(): unknown };

const sheets = new Map<string, { readonly sheet: CSSStyleSheet; readonly css: string }>();

/** Where somebody was in an element when its own code arrived. */
const before = new WeakMap<HTMLElement, Whereabouts | undefined>();

/**
 * Gives a Svelte element its style sheets as adopted ones: a style tag in the shadow root, Svelte's own way, is blocked
 * by the shop's content security policy. `styles` is CSS by the name of its sheet, in the order of the cascade;
 * elements that name the same sheet share it.
 *
 * Svelte renders anew what the server has rendered, and with the old markup goes whoever was in it: the focus and what
 * was typed are put back.
 */
export function withStyles(styles: Readonly<Record<string, string>>): (base: ElementClass) => ElementClass {
  const adopted = Object.entries(styles).map(([name, css]) => sheetOf(name, css));
  return (base) =>
    class extends base {
      constructor(...args: never[]) {
        super(...args);
        if (this.shadowRoot) this.shadowRoot.adoptedStyleSheets = adopted;
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

/** A name keeps its sheet when its CSS changes while the page is open: living elements change with it. */
function sheetOf(name: string, css: string): CSSStyleSheet {
  const known = sheets.get(name);
  if (known?.css === css) return known.sheet;
  const sheet = known?.sheet ?? new CSSStyleSheet();
  sheet.replaceSync(css);
  sheets.set(name, { sheet, css });
  return sheet;
}
