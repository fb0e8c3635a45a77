const key = 'souk.desk.keys';

/** Whether this member wants single keys to do something; so on this device until they say otherwise. */
export function shortcutsEnabled(): boolean {
  try {
    return localStorage.getItem(key) !== 'off';
  } catch {
    return true;
  }
}

/** Remembers it on this device. */
export function keepShortcuts(enabled: boolean): void {
  try {
    localStorage.setItem(key, enabled ? 'on' : 'off');
  } catch {
    // It holds for this page.
  }
}
