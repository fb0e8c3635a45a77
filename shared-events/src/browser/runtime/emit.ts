import { dispatch } from './dispatch.ts';
import { retainedStates } from './registries.ts';
import type { SharedEvent, SharedEventClass } from './shared-event.ts';

/**
 * Emits a fact or a state; all listeners have run when it returns. A state is retained for late listeners.
 * @param target the element that emits, or `window`
 */
export function emit<Detail>(target: EventTarget, event: SharedEvent<Detail>): void {
  const { kind } = event.constructor as SharedEventClass<Detail>;
  if (kind === 'state') retainedStates().set(event.type, event.detail);
  dispatch(target, event);
}
