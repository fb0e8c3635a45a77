import { ShellNavigate, ask } from '@souk/shared-events/browser';

/** How long the shell may take before the browser goes there by itself, in milliseconds. */
const deadlineMs = 2000;

/** Goes to another page of the shop, without loading the document anew where the shell can. */
export async function navigate(from: EventTarget, path: string): Promise<void> {
  try {
    await ask(from, new ShellNavigate({ path }), { deadlineMs });
  } catch {
    location.assign(path);
  }
}
