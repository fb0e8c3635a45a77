/** How many other addresses the gateway serves for a file. */
const maxRetries = 2;

let tries = 0;
let current: Promise<unknown> | undefined;

/**
 * Loads `<chat-conversation>`, with Vue; whoever asks while it is under way joins. After a failure the next call really
 * fetches again: browsers remember a module that failed under its address, so it asks under another one.
 */
export function loadConversation(): Promise<unknown> {
  current ??= fetchAttempt(tries++).catch((error: unknown) => {
    current = undefined;
    throw error;
  });
  return current;
}

/** False when only a new document can help. */
export function canLoadAgain(): boolean {
  return tries <= maxRetries;
}

function fetchAttempt(attempt: number): Promise<unknown> {
  const address = attempt === 0 ? undefined : retryAddress(attempt);
  return address === undefined ? import('./conversation.ts') : import(/* @vite-ignore */ address);
}

/** The module's address in the shop's import map, under the name the gateway keeps for this retry. */
function retryAddress(attempt: number): string | undefined {
  try {
    const url = import.meta.resolve('@souk/mfe-chat/conversation');
    return url.replace('/assets/', `/assets/retry-${attempt}/`);
  } catch {
    return undefined;
  }
}
