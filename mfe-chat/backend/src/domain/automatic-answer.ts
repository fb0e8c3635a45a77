import { nextOpening, type OpeningHours } from './opening-hours.ts';

/** What the shop says by itself when nobody is at the desk: true, and no promise of an answer by some time. */
export const automaticAnswer =
  'Thank you. Nobody is at the desk this minute; your question is kept and we answer here.';

/** The same, with the time at which the desk opens, where hours are known and it is closed. */
export function nobodyThere(opens: string | undefined): string {
  if (opens === undefined) return automaticAnswer;
  return `Thank you. The desk is closed and opens ${opens}; your question is kept and we answer here.`;
}

/** What stands behind the answer about an order, for who needs more than that. */
export function afterOrderAnswer(opens: string | undefined): string {
  const now = opens === undefined ? 'Nobody is at the desk this minute' : `The desk is closed and opens ${opens}`;
  return `${now}; if you need more than that, we answer here.`;
}

/** `on Monday at 09:00 (Casablanca)`; undefined while it should be open, or when nobody has said when that is. */
export function opensInWords(hours: OpeningHours | undefined, now: Date): string | undefined {
  const opens = hours && nextOpening(hours, now);
  if (!hours || !opens) return undefined;
  const { timeZone } = hours;
  const words = (options: Intl.DateTimeFormatOptions) => opens.toLocaleString('en-GB', { timeZone, ...options });
  const time = words({ hour: '2-digit', minute: '2-digit' });
  const city = timeZone.split('/').at(-1)?.replaceAll('_', ' ');
  return `on ${words({ weekday: 'long' })} at ${time} (${city})`;
}
