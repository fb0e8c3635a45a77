import type { Recorded } from '@souk/event-channel';

/** The part of a pushed event that goes to the browser, as JSON; `undefined` when it is not one. */
export const browserEvent = ({ event }: Recorded): string | undefined => {
  if (event.type !== 'shell.browser-event.v1') return undefined;
  const { type, detail } = event.data as { type?: unknown; detail?: unknown };
  return typeof type === 'string' ? JSON.stringify({ type, detail: detail ?? {} }) : undefined;
};
