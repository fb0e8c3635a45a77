// What the desk calls things.
import type { DeskEntry, Member } from '@souk/chat-api';

/** A member as colleagues read it. */
export function nameOf(member: Member | null | undefined, me: string | undefined): string {
  if (!member) return 'nobody';
  if (member.staffId === me) return 'you';
  return member.name || 'somebody who has left';
}

/** What happened, as a sentence without the time. */
export function saying({ kind, by, to }: DeskEntry, me: string | undefined): string {
  const who = capital(nameOf(by, me));
  switch (kind) {
    case 'claimed':
      return `${who} took this conversation`;
    case 'transferred':
      if (!to) return `${who} gave it back to everybody`;
      return to.staffId === by?.staffId ? `${who} took it over` : `${who} handed it to ${nameOf(to, me)}`;
    case 'closed':
      return `${who} closed it`;
    case 'reopened':
      return by ? `${who} opened it again` : 'Opened again: the shopper has written';
    case 'note':
      return `${who} noted, for colleagues only`;
    default:
      return kind satisfies never;
  }
}

/** Where an order stands, in two or three words. */
export function statusWords(status: string, delayed?: string): string {
  if (delayed === 'person') return 'Needs a look by us';
  const words: Readonly<Record<string, string>> = {
    placed: delayed ? 'Payment is slow' : 'Placed',
    authorized: delayed ? 'Stock is slow' : 'Payment authorised',
    reserved: delayed ? 'Payment is slow' : 'Set aside',
    confirmed: 'Confirmed and paid',
    'payment-declined': 'Card declined',
    'sold-out': 'Sold out',
    'payment-failed': 'Payment failed',
  };
  return words[status] ?? capital(status.replaceAll('-', ' '));
}

/** Whether an order is fine, done for, or waits for somebody. */
export function statusTone(status: string, delayed?: string): 'good' | 'bad' | 'warm' {
  if (delayed) return 'warm';
  if (status === 'confirmed') return 'good';
  return ['payment-declined', 'sold-out', 'payment-failed'].includes(status) ? 'bad' : 'warm';
}

/** `€ 55.90` */
export function money(cents: number, currency: string): string {
  return new Intl.NumberFormat('en-IE', { style: 'currency', currency }).format(cents / 100);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
