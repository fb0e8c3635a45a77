/** Which links the page takes over, and what it does with them. */
export interface LinkOptions {
  /** True when the page itself can show the path; all other links load a document. */
  readonly isRoute: (pathname: string) => boolean;
  readonly go: (path: string) => void;
  readonly signal?: AbortSignal;
}

/** Takes over plain clicks on links to routes, also inside open shadow roots. Real links stay real links. */
export const interceptLinks = ({ isRoute, go, signal }: LinkOptions): void =>
  document.addEventListener(
    'click',
    (event) => {
      if (event.defaultPrevented || event.button !== 0) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const link = event.composedPath().find(isLink);
      if (!link || link.hasAttribute('download') || !['', '_self'].includes(link.target)) return;
      const url = new URL(link.href);
      if (url.origin !== location.origin || !isRoute(url.pathname)) return;
      const isSamePage = url.pathname === location.pathname && url.search === location.search;
      if (isSamePage && url.hash) return;
      event.preventDefault();
      if (!isSamePage) go(url.pathname + url.search + url.hash);
    },
    { signal },
  );

const isLink = (target: EventTarget): target is HTMLAnchorElement =>
  target instanceof HTMLAnchorElement && target.hasAttribute('href');
