/**
 * The boundary view: who owns which box of the page, and the shared events as they pass. Loaded on the first Alt+E.
 */
export interface BoundaryView {
  toggle(): void;
}

/**
 * Draws over the page; while it shows, it also notes every shared event that is dispatched.
 * @param retained the last detail of each event that is kept, by type
 */
export const createBoundaryView = (retained: ReadonlyMap<string, unknown>): BoundaryView => {
  let shown: AbortController | undefined;

  const show = (signal: AbortSignal): void => {
    const host = document.createElement('aside');
    host.setAttribute('aria-label', 'Boundaries and events');
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    const list = document.createElement('ol');
    const frames = document.createElement('div');
    root.append(frames, list);
    document.body.append(host);

    const draw = (): void => {
      frames.replaceChildren(...[...document.querySelectorAll<HTMLElement>('[data-mfe]')].map(frameOf));
    };
    const add = (kind: string, type: string, detail: unknown): void => {
      const item = document.createElement('li');
      item.textContent = `${kind} ${type} ${JSON.stringify(detail)}`;
      list.prepend(item);
      while (list.childElementCount > 20) list.lastChild!.remove();
    };
    const note = (event: Event): void => {
      if (!(event instanceof CustomEvent) || !/^[a-z]+:/.test(event.type)) return;
      add(kindOf(event), event.type, event.detail);
    };

    for (const [type, detail] of retained) add('last', type, detail);
    // Listening would need the list of all types, of every version on the page. Dispatching sees them all.
    const { dispatchEvent } = EventTarget.prototype;
    EventTarget.prototype.dispatchEvent = function (event) {
      note(event);
      return dispatchEvent.call(this, event);
    };
    const sizes = new ResizeObserver(draw);
    sizes.observe(document.body);
    for (const type of ['scroll', 'resize']) window.addEventListener(type, draw, { signal, passive: true });
    const content = new MutationObserver(draw);
    content.observe(document.querySelector('main') ?? document.body, { childList: true, attributes: true });
    signal.addEventListener('abort', () => {
      EventTarget.prototype.dispatchEvent = dispatchEvent;
      sizes.disconnect();
      content.disconnect();
      host.remove();
    });
    draw();
  };

  return {
    toggle: () => {
      if (shown) {
        shown.abort();
        shown = undefined;
      } else {
        shown = new AbortController();
        show(shown.signal);
      }
    },
  };
};

/** An event made by its class carries its kind; one from the push stream or a reply is plain. */
const kindOf = (event: CustomEvent): string =>
  (event.constructor as { kind?: string }).kind ?? (event.type.endsWith(':reply') ? 'reply' : 'pushed');

const frameOf = (box: HTMLElement): HTMLElement => {
  const { left, top, width, height } = box.getBoundingClientRect();
  const frame = document.createElement('div');
  const { mfe, version, element, state } = box.dataset;
  frame.textContent = `${mfe} ${version ?? ''} <${element}> ${state ?? ''}`;
  for (const [name, value] of Object.entries({ left, top, width, height })) {
    frame.style.setProperty(name, `${value}px`);
  }
  return frame;
};

const css = `
:host { position: fixed; inset: 0; z-index: 99; pointer-events: none; font: 12px/1.4 ui-monospace, monospace; }
div > div { position: fixed; outline: 2px dashed #d6336c; outline-offset: -2px; color: #d6336c; overflow: hidden; white-space: nowrap; text-shadow: 0 0 3px #fff, 0 0 3px #fff; }
ol { position: fixed; inset: auto auto 0 0; inline-size: min(32rem, 100vw); max-block-size: 40dvh; margin: 0; padding: 8px 12px; overflow: auto; list-style: none; background: #1b1613ee; color: #f4ebdf; pointer-events: auto; }
li { overflow-wrap: anywhere; padding-block: 2px; border-block-end: 1px solid #43382f; }
`;
