import type * as Centre from './centre.ts';

/** How many other addresses the gateway serves for a file. */
const maxRetries = 2;

let tries = 0;
let current: Promise<typeof Centre> | undefined;

/**
 * Loads `<bell-centre>`; whoever asks while it is under way joins. After a failure the next call really fetches again:
 * browsers remember a module that failed under its address, so it asks under another one.
 */
export function loadCentre(): Promise<typeof Centre> {
  current ??= fetchAttempt(tries++).catch((error: unknown) => {
    current = undefined;
    throw error;
  });
  return current;
}

function fetchAttempt(attempt: number): Promise<typeof Centre> {
  if (attempt === 0 || attempt > maxRetries) return import('./centre.ts');
  const address = import.meta.resolve('@souk/mfe-bell/centre').replace('/assets/', `/assets/retry-${attempt}/`);
  return import(/* @vite-ignore */ address) as Promise<typeof Centre>;
}
