import { frozenCopy } from './frozen-copy.ts';
import { retainedStates } from './registries.ts';

/**
 * Emits on the window what came from elsewhere (the push stream, another tab) as `type` and plain JSON. The sender's
 * contract may be newer than the copy at hand, so the kind is unknown here: the detail is always retained, and only
 * the listener of a state looks at it.
 */
export function relay({ type, detail }: { readonly type: string; readonly detail: unknown }): void {
  const copy = frozenCopy(detail);
  retainedStates().set(type, copy);
  window.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail: copy }));
}
