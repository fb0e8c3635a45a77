/** What a person needs when a page of the shop was replaced without a new document. */
export interface Arrival {
  /** Remembers how far the current history entry is scrolled; call before leaving it. */
  remember(): void;
  /** The next arrival is a step through the history. */
  traversed(): void;
  /** Another path is shown: scrolls, moves the focus to its heading, and says its title. */
  arrive(): void;
  /** The same path is shown, perhaps with another query or at another anchor. */
  stay(): void;
}

/** Takes scroll restoration over from the browser, which restores before the content is there. */
export const createArrival = (main: HTMLElement, { signal }: { readonly signal?: AbortSignal } = {}): Arrival => {
  const announcer = createAnnouncer();
  let traversing = false;
  let restoring: (() => void) | undefined;
  let saving: ReturnType<typeof setTimeout> | undefined;

  const remember = (): void => {
    clearTimeout(saving);
    history.replaceState({ ...history.state, soukScroll: scrollY }, '');
  };

  const restore = (top: number): void => {
    restoring?.();
    const done = new AbortController();
    const follow = new ResizeObserver(() => {
      scrollTo(0, top);
      if (Math.abs(scrollY - top) < 2) stop();
    });
    const stop = (): void => {
      follow.disconnect();
      done.abort();
      clearTimeout(patience);
    };
    const patience = setTimeout(stop, 3000);
    // Whoever scrolls or types meanwhile has decided where to be.
    for (const type of ['wheel', 'touchstart', 'keydown', 'pointerdown']) {
      window.addEventListener(type, stop, { signal: done.signal, passive: true });
    }
    restoring = stop;
    follow.observe(document.body);
  };

  const start = (): void => {
    history.scrollRestoration = 'manual';
    if (history.state?.soukScroll) restore(history.state.soukScroll);
    const saveSoon = (): void => {
      clearTimeout(saving);
      saving = setTimeout(remember, 150);
    };
    window.addEventListener('scroll', saveSoon, { signal, passive: true });
    window.addEventListener('pagehide', remember, { signal });
    signal?.addEventListener('abort', () => {
      clearTimeout(saving);
      restoring?.();
      announcer.remove();
    });
  };

  start();

  return {
    remember,
    traversed: () => (traversing = true),
    arrive: () => {
      clearTimeout(saving);
      restoring?.();
      if (traversing) restore(history.state?.soukScroll ?? 0);
      else if (!location.hash) scrollTo(0, 0);
      traversing = false;
      if (!document.activeElement || !isField(document.activeElement)) focusQuietly(main);
      announcer.announce(() => {
        // Not earlier: the heading that a page shows while it loads would take the focus away with it.
        const active = document.activeElement;
        if (active === main || active === document.body) focusQuietly(findHeading(main) ?? main);
      });
    },
    stay: () => {
      clearTimeout(saving);
      // Going to an anchor leaves no scroll position behind; coming back to an entry does.
      if (traversing && history.state?.soukScroll !== undefined) restore(history.state.soukScroll);
      traversing = false;
    },
  };
};

/** A live region that says the document's title once it had time to become the right one. */
const createAnnouncer = () => {
  const region = document.createElement('p');
  region.className = 'souk-visually-hidden';
  region.setAttribute('role', 'status');
  document.body.append(region);
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    announce: (alsoThen: () => void) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        region.textContent = document.title;
        alsoThen();
      }, settleMs);
    },
    remove: () => {
      clearTimeout(timer);
      region.remove();
    },
  };
};

const settleMs = 400;

/** Somebody who types in the header's search does not want to lose the cursor. */
const isField = (element: Element): boolean => deepActive(element).matches('input, textarea, select');

const deepActive = (element: Element): Element =>
  element.shadowRoot?.activeElement ? deepActive(element.shadowRoot.activeElement) : element;

const findHeading = (root: ParentNode): HTMLElement | undefined => {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    if (element.localName === 'h1') return element;
    const inside = element.shadowRoot && findHeading(element.shadowRoot);
    if (inside) return inside;
  }
  return undefined;
};

const focusQuietly = (element: HTMLElement): void => {
  if (!element.hasAttribute('tabindex')) element.tabIndex = -1;
  element.focus({ preventScroll: true });
};
