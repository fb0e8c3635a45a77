// Canned replies on the page, as pure functions.
import type { CannedReply, ShopperOverview } from '@souk/chat-api';

const placeholder = /\{(name|order)\}/;

/**
 * A reply with what is known filled in; what is not stays as it is, for a person to fill in.
 * @param about order that the conversation is about; else the shopper's latest is taken
 */
export function filled(text: string, overview: ShopperOverview | undefined, about?: string): string {
  const told = overview?.answered ? overview : undefined;
  const [given] = (told?.name ?? '').trim().split(/\s+/);
  const order = about ?? told?.orders[0]?.orderId;
  const known: Readonly<Record<string, string | undefined>> = { name: given || undefined, order };
  return text.replace(/\{(name|order)\}/g, (whole, key: string) => known[key] ?? whole);
}

/** Where the first placeholder stands that nobody has filled in. */
export function unfilled(text: string): { readonly start: number; readonly end: number } | undefined {
  const found = placeholder.exec(text);
  return found ? { start: found.index, end: found.index + found[0].length } : undefined;
}

/** The replies that fit: by shortcut first, then by any words of the text. */
export function fitting(replies: readonly CannedReply[], typed: string): CannedReply[] {
  const words = typed.trim().toLowerCase().split(/\s+/);
  const fits = ({ shortcut, text }: CannedReply) =>
    words.every((word) => shortcut.includes(word) || text.toLowerCase().includes(word));
  const rank = ({ shortcut }: CannedReply) => (shortcut.startsWith(words[0] ?? '') ? 0 : 1);
  return replies.filter(fits).toSorted((a, b) => rank(a) - rank(b) || a.shortcut.localeCompare(b.shortcut));
}
