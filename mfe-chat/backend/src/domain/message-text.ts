import { EmptyText, TextTooLong, UnprintableText } from './errors.ts';

/** Longest text of one message, in characters (code points). */
export const maxTextLength = 4000;

/** Everything in Unicode's class Cc but tab and line breaks: invisible, and trouble for terminals, logs and CSV. */
// eslint-disable-next-line no-control-regex -- refusing them is the point
const controlCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

/**
 * The text beside something that speaks for itself, such as a picture: it may be empty.
 * @throws {TextTooLong} {@link UnprintableText}
 */
export function captionText(typed: string): string {
  return typed.trim() === '' ? '' : messageText(typed);
}

/**
 * The text as it is kept: as typed, without the white space around it. It is never read as markup by anybody.
 * @throws {EmptyText} {@link TextTooLong} {@link UnprintableText}
 */
export function messageText(typed: string): string {
  const text = typed.trim();
  if (text === '') throw new EmptyText();
  const length = [...text].length;
  if (length > maxTextLength) throw new TextTooLong(length, maxTextLength);
  if (controlCharacter.test(text) || !text.isWellFormed()) throw new UnprintableText();
  return text;
}
