const plain = /^[A-Za-z0-9_-]+$/;
const prefix = 'b64_';
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Any text as one token of a subject: itself where it is one, else base64url of its UTF-8 behind `b64_`. Two texts
 * never get the same token. A lone surrogate is written as its three bytes. A subject holds 255 characters, so texts
 * longer than some 150 bytes that have to be encoded do not fit into one.
 */
export function subjectToken(text: string): string {
  return plain.test(text) && !text.startsWith(prefix) ? text : prefix + base64url(utf8(text));
}

/** By hand, because this half of the contract knows neither Node nor a browser. */
function utf8(text: string): number[] {
  return Array.from(text).flatMap((character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) return [code];
    const tail = (shift: number) => 0x80 | ((code >> shift) & 0x3f);
    if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
    if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)];
    return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
  });
}

function base64url(bytes: readonly number[]): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.slice(at, at + 3);
    const group = (first << 16) | (second << 8) | third;
    const length = Math.min(bytes.length - at, 3) + 1;
    for (let digit = 0; digit < length; digit++) out += alphabet.charAt((group >> (18 - 6 * digit)) & 63);
  }
  return out;
}
