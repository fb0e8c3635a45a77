import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import type { Model, Shown } from './model.ts';

/** What the model shows, as a ref; until the component is gone. */
export function useShown(model: Model): Readonly<ShallowRef<Shown>> {
  const shown = shallowRef(model.shown);
  onScopeDispose(model.onChange(() => (shown.value = model.shown)));
  return shown;
}
