import type { About } from '@souk/chat-api';

/** A piece of a text: words, or an address that may be followed. */
export type Piece = string | { readonly href: string; readonly text: string };

const address = /\bhttps?:\/\/[^\s<>"'`\\]+/gi;
/** Marks at the end of an address that belong to the sentence around it. */
const sentenceEnd = /[.,:;!?…»”’]+$/u;

/**
 * The addresses in a text, as links. Only http and https, and none with a user name in it, as that is how an address looks
 * like another one. Nothing here is markup: each piece is bound as text.
 */
export function linked(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    const shown = withoutClosing(found.replace(sentenceEnd, ''));
    const url = URL.parse(shown);
    if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') continue;
    if (index > end) pieces.push(text.slice(end, index));
    pieces.push({ href: url.href, text: shown });
    end = index + shown.length;
  }
  if (end < text.length) pieces.push(text.slice(end));
  return pieces;
}

/** What an address of this shop shows, if it is a product's or an order's. */
export function shownBy(href: string, origin: string = location.origin): About | undefined {
  const url = URL.parse(href);
  if (!url || url.origin !== origin) return undefined;
  const [, kind, encoded = ''] = /^\/(p|orders)\/([^/]+)\/?$/.exec(url.pathname) ?? [];
  if (kind === undefined) return undefined;
  try {
    const id = decodeURIComponent(encoded);
    // As the server takes ids.
    if (!/^[^\s\p{Cc}/?#\\]{1,200}$/u.test(id)) return undefined;
    return { kind: kind === 'p' ? 'product' : 'order', id };
  } catch {
    return undefined;
  }
}

/** Cards under a text: what the message brings along, then what its own addresses lead to; each once. */
export function cardsOf(text: string, card: About | undefined): readonly About[] {
  const found = linked(text).flatMap((piece) => (typeof piece === 'string' ? [] : (shownBy(piece.href) ?? [])));
  const all = card ? [card, ...found] : found;
  return all.filter((one, index) => all.findIndex(({ kind, id }) => kind === one.kind && id === one.id) === index);
}

/** `(see https://souk.example/p/tile)` ends before the bracket, `https://en.wikipedia.org/wiki/Tile_(roof)` after it. */
function withoutClosing(found: string): string {
  const count = (mark: string) => found.split(mark).length;
  return found.endsWith(')') && count(')') > count('(') ? found.slice(0, -1).replace(sentenceEnd, '') : found;
}
