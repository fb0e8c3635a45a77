import type { About } from '@souk/chat-api';
import { date as dateIn, money } from '@souk/shared-events/browser';
import { say } from './say.ts';

const clock = { hour: '2-digit', minute: '2-digit' } as const;
const thisYear = { weekday: 'long', day: 'numeric', month: 'long' } as const;
const otherYear = { day: 'numeric', month: 'long', year: 'numeric' } as const;

/** `14:05` */
export function timeOfDay(at: string): string {
  return dateIn(at, clock);
}

/** `Today`, `Yesterday`, or the date. @param date local date, `2026-11-23` */
export function dayName(date: string, now: Date = new Date()): string {
  const day = new Date(`${date}T12:00`);
  const noon = new Date(now.getFullYear(), now.getMonth(), now.getDate(), 12);
  const daysAgo = Math.round((noon.getTime() - day.getTime()) / 86_400_000);
  if (daysAgo === 0) return say().today;
  if (daysAgo === 1) return say().yesterday;
  return dateIn(day.toISOString(), day.getFullYear() === now.getFullYear() ? thisYear : otherYear);
}

/** `just now`, `4 min`, `3 h`, `2 days` */
export function howLong(since: string, now: Date = new Date()): string {
  const minutes = Math.floor((now.getTime() - new Date(since).getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h`;
  const days = Math.floor(hours / 24);
  return days === 1 ? '1 day' : `${days} days`;
}

/** `at 09:00`, `tomorrow at 09:00`, `on Monday 30 November at 09:00`, by the clock of who reads it. */
export function openingName(opensAt: string, now: Date = new Date()): string {
  const at = new Date(opensAt);
  const dayOf = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate(), 12).getTime();
  const days = Math.round((dayOf(at) - dayOf(now)) / 86_400_000);
  const time = dateIn(opensAt, clock);
  const { at: today, tomorrow, on } = say().presence;
  if (days === 0) return today(time);
  return days === 1 ? tomorrow(time) : on(dateIn(opensAt, thisYear), time);
}

/** `820 B`, `12 KB`, `3.4 MB` */
export function sizeName(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Where the thing somebody asks about can be seen. */
export function aboutPath({ kind, id }: About): string {
  return `/${kind === 'product' ? 'p' : 'orders'}/${encodeURIComponent(id)}`;
}

/** `Fes zellige tile` for the product `fes-zellige-tile`, `Order o_12ab…` for an order. */
export function aboutName({ kind, id }: About): string {
  if (kind === 'order') return say().orderName(id.length > 14 ? `${id.slice(0, 13)}…` : id);
  const name = id.replaceAll('-', ' ');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** `€3.20`, or `from €3.20` where its variants differ. */
export function priceName(product: { readonly priceCents: number; readonly priceToCents: number }): string {
  const { priceCents, priceToCents } = product;
  const price = money(priceCents);
  return priceToCents > priceCents ? say().from(price) : price;
}

/** Questions to begin with, for somebody who does not know how. */
export function starters(about: About | null): readonly string[] {
  return say().questions[about?.kind ?? 'any'];
}
