/** What a caller would like, as far as we heed it. */
export interface Preferences {
  /** Answer at once with where the result will be. */
  readonly respondAsync: boolean;
  /** How long the caller is ready to wait, in milliseconds. */
  readonly waitMs?: number;
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const WORD = `(?:${TOKEN}|"(?:[^"\\\\]|\\\\.)*")`;
const PREFERENCE = new RegExp(`^(${TOKEN})(?:\\s*=\\s*(${WORD})?)?\\s*(?:;.*)?$`, 's');
/** Commas between preferences, not those inside quotes. */
const PART = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/gs;
const SECONDS = /^\d{1,9}$/;

/**
 * Reads a `Prefer` header. A preference that is unknown or malformed counts as not sent, as the standard asks for, and
 * of one sent twice the first counts.
 * @see https://www.rfc-editor.org/rfc/rfc7240
 */
export function parsePrefer(header: string | readonly string[] | undefined): Preferences {
  const found = new Map<string, string>();
  const text = typeof header === 'string' ? header : (header ?? []).join(',');
  for (const [part] of text.matchAll(PART)) {
    const [, name, value = ''] = PREFERENCE.exec(part.trim()) ?? [];
    if (name !== undefined && !found.has(name.toLowerCase())) found.set(name.toLowerCase(), unquote(value));
  }
  const seconds = found.get('wait');
  return {
    respondAsync: found.get('respond-async') === '',
    ...(seconds !== undefined && SECONDS.test(seconds) ? { waitMs: Number(seconds) * 1000 } : {}),
  };
}

function unquote(word: string): string {
  return word.startsWith('"') ? word.slice(1, -1).replaceAll(/\\(.)/gs, '$1') : word;
}
