import { emit, ShellNavigated } from '@souk/shared-events/browser';

/** What the shell's page does with links to its pages; ends with the signal. */
export function followLinks(signal: AbortSignal): void {
  const tell = () => emit(window, new ShellNavigated({ path: location.pathname + location.search }));
  document.addEventListener(
    'click',
    (event) => {
      const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
      if (!link || event.defaultPrevented || link.hasAttribute('download')) return;
      event.preventDefault();
      history.pushState(null, '', link.href);
      tell();
    },
    { signal },
  );
  window.addEventListener('popstate', tell, { signal });
}
