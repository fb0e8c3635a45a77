import { vi } from 'vitest';
import { droppedEvents, retainedStates, waitingRequests } from './registries.ts';

/** A fresh page for one test: a window, no retained state, no waiting request. Collects what `reportError` gets. */
export function freshPage(): { readonly reported: unknown[] } {
  const reported: unknown[] = [];
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  retainedStates().clear();
  droppedEvents().clear();
  waitingRequests().splice(0);
  return { reported };
}
