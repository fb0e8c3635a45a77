/** Tells listeners that a stream has grown. */
export interface Signal<Key> {
  notify(key: Key): void;
  /** @returns stops listening */
  listen(key: Key, listener: () => void): () => void;
}

export function createSignal<Key>(): Signal<Key> {
  const listeners = new Map<Key, Set<() => void>>();
  return {
    notify(key) {
      for (const listener of Array.from(listeners.get(key) ?? [])) listener();
    },
    listen(key, listener) {
      const ofKey = listeners.get(key) ?? new Set();
      listeners.set(key, ofKey.add(listener));
      return () => {
        ofKey.delete(listener);
        if (ofKey.size === 0 && listeners.get(key) === ofKey) listeners.delete(key);
      };
    },
  };
}
