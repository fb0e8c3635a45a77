type ElementClass = new (...args: never[]) => HTMLElement;

const sheets = new Map<string, CSSStyleSheet>();

/**
 * Gives a Svelte element its style sheet as an adopted one: a style tag in the shadow root, Svelte's own way, is
 * blocked by the shop's content security policy. Elements with the same key share the sheet.
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
    };
}
