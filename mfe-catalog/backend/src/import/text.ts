import { convert } from 'html-to-text';

/** A text as part of an address: lower case, ASCII letters, digits and dashes. */
export function slugify(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 120);
}

/** Text without markup; what has none arrives as it is. */
export function plainText(text: string): string {
  if (!/[<&]/.test(text)) return text;
  return convert(text, { wordwrap: false, selectors: [{ selector: 'img', format: 'skip' }] }).trim();
}
