import { onWaiting, refuse, waitingRequests } from '@souk/shared-events/browser';
import { messageOf, reportFailure, type Phase } from './faults.ts';
import type { Frontend } from './page-data.ts';
import type { WallTools } from './wall.ts';

/**
 * Loads the module that answers a request nobody has taken yet. When it cannot be loaded in time, or does not take the
 * request, the asker hears of it and the micro frontend counts as failed.
 */
export const loadHandlers = (
  frontends: readonly Frontend[],
  { modules, faults, deadlineMs = 8000 }: WallTools,
  { signal }: { readonly signal?: AbortSignal } = {},
): void => {
  const waitsFor = (type: string) => waitingRequests().some((request) => request.type === type);

  const giveUp = (name: string, type: string, phase: Phase, message: string): void => {
    if (!waitsFor(type)) return;
    refuse(type, 'no-answer', message);
    // A module that is there but takes no requests is broken as a whole; one that is missing shows in its own walls.
    if (phase === 'no-answer') faults.fail(name, phase, new Error(message));
    else reportFailure({ name, phase, message });
  };

  const findHandler = async (type: string): Promise<void> => {
    const frontend = frontends.find(({ handles }) => type in handles);
    if (!frontend) return;
    const { name } = frontend;
    const entry = frontend.handles[type]!;
    const late = setTimeout(
      () => giveUp(name, type, 'load', `${entry} did not arrive in ${deadlineMs} ms`),
      deadlineMs,
    );
    try {
      await modules.load(name, entry);
      giveUp(name, type, 'no-answer', `${entry} does not answer ${type}`);
    } catch (error) {
      giveUp(name, type, 'load', messageOf(error));
    } finally {
      clearTimeout(late);
    }
  };

  onWaiting((type) => void findHandler(type), { signal });
};
