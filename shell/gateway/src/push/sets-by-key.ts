/** Puts an item into the set of a key. */
export const addTo = <Key, Item>(map: Map<Key, Set<Item>>, key: Key, item: Item): void => {
  const items = map.get(key);
  if (items) items.add(item);
  else map.set(key, new Set([item]));
};

/** Takes an item out of the set of a key, and the set away when nothing is left in it. */
export const removeFrom = <Key, Item>(map: Map<Key, Set<Item>>, key: Key, item: Item): void => {
  const items = map.get(key);
  items?.delete(item);
  if (items?.size === 0) map.delete(key);
};
