import type { Frontend } from './page-data.ts';
import { createWall, type Wall, type WallTools } from './wall.ts';

/**
 * Fills the slots of the page in the order that the manifests give. What the shop does not need (`regular`) is loaded
 * when the browser is idle, so that it takes nothing from the main content.
 */
export const fillSlots = (frontends: readonly Frontend[], tools: WallTools, root: ParentNode = document): Wall[] => {
  const wanted = frontends
    .flatMap((frontend) => frontend.slots.map((entry) => ({ ...entry, frontend })))
    .toSorted((a, b) => a.order - b.order);
  return wanted.flatMap(({ frontend, slot, element: tag }) => {
    const home = root.querySelector(`[data-slot="${CSS.escape(slot)}"]`);
    if (!home) return [];
    const wall = createWall({ frontend, tag, slot }, tools);
    home.append(wall.box);
    if (frontend.importance === 'regular') whenIdle(wall.start);
    else wall.start();
    return [wall];
  });
};

/** Safari has no idle callbacks. */
const whenIdle = (action: () => void): void => {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(action, { timeout: 2000 });
  else setTimeout(action, 200);
};
