import { randomBytes } from './random.ts';

/** Crockford's base 32 in lower case: sorts as the numbers do, and no letter looks like a digit. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_DIGITS = 10;

/**
 * A new id: `<prefix>_<10 digits of time><26 digits of chance>`.
 * Sorts by time of making (to the millisecond), holds 130 random bits, and is safe in URLs, HTML and event subjects.
 * @param prefix what it names: `o` for an order; letters, digits, `-`
 */
export function newId(prefix: string, nowMs: number = Date.now()): string {
  return `${prefix}_${timePart(nowMs)}${randomPart()}`;
}

function timePart(nowMs: number): string {
  let rest = nowMs;
  let digits = '';
  for (let digit = 0; digit < TIME_DIGITS; digit++) {
    digits = ALPHABET[rest % 32]! + digits;
    rest = Math.floor(rest / 32);
  }
  return digits;
}

function randomPart(): string {
  let digits = '';
  // 256 is a multiple of 32, so every digit is equally likely.
  for (const byte of randomBytes(26)) digits += ALPHABET[byte % 32]!;
  return digits;
}
