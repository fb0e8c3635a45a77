import { ShellNavigate, ask } from '@souk/shared-events/browser';

/** How long the shell may take before the browser follows the link itself. */
const deadlineMs = 1500;

/** Follows a plain click on a link inside the shop without loading the page anew; the link works without this, too. */
export async function followInside(event: MouseEvent): Promise<void> {
  const link = event.currentTarget;
  if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented) return;
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const path = link.pathname + link.search;
  try {
    await ask(link, new ShellNavigate({ path }), { deadlineMs });
  } catch {
    location.assign(path);
  }
}
