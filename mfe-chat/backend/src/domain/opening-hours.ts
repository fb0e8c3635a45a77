/** When people are at the desk: pure, so the time is an argument. */

/** Hours of a week in one time zone. */
export interface OpeningHours {
  /** IANA name. */
  readonly timeZone: string;
  readonly spans: readonly Span[];
}

interface Span {
  /** 0 = Sunday. */
  readonly day: number;
  /** Minutes after midnight, local. */
  readonly from: number;
  readonly to: number;
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const minuteMs = 60_000;
const form = 'such as "Mon-Fri 09:00-18:00, Sat 10:00-14:00 Africa/Casablanca"';

/**
 * Reads hours: days, from and to, several parts with commas between, and the time zone at the end.
 * @throws {Error} which says what would be right
 */
export function parseOpeningHours(text: string): OpeningHours {
  const [, parts = '', timeZone = ''] = /^(.*\d)\s+(\S+)$/.exec(text.trim()) ?? [];
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new Error(`${JSON.stringify(text.slice(0, 80))} has no time zone at its end; use hours ${form}`);
  }
  return { timeZone, spans: parts.split(',').flatMap((part) => spansOf(part.trim())) };
}

/** Whether somebody should be there at this time. */
export function isOpen(hours: OpeningHours, at: Date): boolean {
  const { day, minute } = localTime(hours, at);
  return hours.spans.some((span) => span.day === day && span.from <= minute && minute < span.to);
}

/** When it opens next, if it is closed now. */
export function nextOpening(hours: OpeningHours, at: Date): Date | undefined {
  if (isOpen(hours, at)) return undefined;
  const { day, minute } = localTime(hours, at);
  const waits = hours.spans.map((span) => ((span.day - day + 7) % 7) * 1440 + span.from - minute);
  const wait = Math.min(...waits.map((minutes) => (minutes <= 0 ? minutes + 7 * 1440 : minutes)));
  if (!Number.isFinite(wait)) return undefined;
  const guess = new Date(Math.floor(at.getTime() / minuteMs) * minuteMs + wait * minuteMs);
  // Clocks may have been changed until then.
  return new Date(guess.getTime() - (offset(hours, guess) - offset(hours, at)) * minuteMs);
}

function spansOf(part: string): Span[] {
  const match = /^([A-Za-z]{3})(?:-([A-Za-z]{3}))?\s+(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(part);
  const [first, last] = [days.indexOf(match?.[1] ?? ''), days.indexOf(match?.[2] ?? match?.[1] ?? '')];
  const [from, to] = [minutes(match?.[3], match?.[4]), minutes(match?.[5], match?.[6])];
  if (first < 0 || last < 0 || !(from < to) || to > 1440) {
    throw new Error(`${JSON.stringify(part.slice(0, 60))} are no hours; use hours ${form}`);
  }
  const count = ((last - first + 7) % 7) + 1;
  return Array.from({ length: count }, (_, index) => ({ day: (first + index) % 7, from, to }));
}

function minutes(hour: string | undefined, minute: string | undefined): number {
  const [h, m] = [Number(hour), Number(minute)];
  return m < 60 ? h * 60 + m : Number.NaN;
}

function localTime({ timeZone }: OpeningHours, at: Date): { day: number; minute: number; dateMs: number } {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', weekday: 'short', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric' },
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const [hour, minute] = [Number(part['hour']), Number(part['minute'])];
  const dateMs = Date.UTC(Number(part['year']), Number(part['month']) - 1, Number(part['day']), hour, minute);
  return { day: days.indexOf(part['weekday'] ?? ''), minute: hour * 60 + minute, dateMs };
}

/** Minutes that the local clock is ahead of UTC. */
function offset(hours: OpeningHours, at: Date): number {
  return Math.ceil((localTime(hours, at).dateMs - at.getTime()) / minuteMs);
}
