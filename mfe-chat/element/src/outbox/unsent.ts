const unsentKey = 'souk-chat-unsent';

/** Whose messages are still on their way in this browser, if any: then a page sends them before anybody opens the chat. */
export function unsentOwner(): string | undefined {
  try {
    return localStorage.getItem(unsentKey) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Notes it. */
export function rememberUnsent(owner: string | undefined, isUnsent: boolean): void {
  if (owner === undefined) return;
  try {
    if (isUnsent) localStorage.setItem(unsentKey, owner);
    else if (localStorage.getItem(unsentKey) === owner) localStorage.removeItem(unsentKey);
  } catch {
    // Where nothing can be stored, nothing is left over either.
  }
}
