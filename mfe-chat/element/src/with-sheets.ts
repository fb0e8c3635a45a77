/**
 * The element with constructed style sheets in its shadow root. Vue's own way writes a style tag, which the page's
 * content security policy refuses.
 */
export function withSheets(base: VueElement, styles: readonly string[]): CustomElementConstructor {
  const sheets = styles.map((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    return sheet;
  });
  return class extends base {
    constructor(props?: Record<string, unknown>) {
      super(props);
      this.shadowRoot!.adoptedStyleSheets = sheets;
    }
  };
}

/** What `defineCustomElement` gives, as far as it matters here. */
type VueElement = new (props?: Record<string, unknown>) => HTMLElement;

/** Defines an element unless another version of it is there already. */
export function define(tag: string, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element);
}
