import { onUnmounted, shallowRef, type ShallowRef } from 'vue';

/** Whether this browser has a connection, as far as it knows itself. */
export function useOnline(): ShallowRef<boolean> {
  const isOnline = shallowRef(navigator.onLine);
  const living = new AbortController();
  const look = () => (isOnline.value = navigator.onLine);
  window.addEventListener('online', look, { signal: living.signal });
  window.addEventListener('offline', look, { signal: living.signal });
  onUnmounted(() => living.abort());
  return isOnline;
}
