const key = 'souk-chat-own';

/** The id of the shopper's own conversation as this browser knew it last: for a page that cannot ask. */
export function knownOwnId(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Notes it. */
export function rememberOwnId(ownId: string): void {
  try {
    localStorage.setItem(key, ownId);
  } catch {
    // It only helps.
  }
}
