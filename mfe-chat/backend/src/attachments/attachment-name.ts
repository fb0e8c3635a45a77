/** Longest name that is kept, in characters (code points). */
const maxLength = 120;

/** Everything that is no character to be read: controls, and marks that turn the direction of what follows. */
const unreadable = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

/**
 * A file's name as text: without folders, without what could make it look like another one (`cod.exe.pdf` written
 * backwards), and never empty. It is shown and offered for saving, and names nothing in our own store.
 */
export function attachmentName(given: string): string {
  const base = given.toWellFormed().split(/[\\/]/).at(-1) ?? '';
  const readable = base.replace(unreadable, '').replace(/\s+/g, ' ').trim();
  const characters = [...readable];
  if (characters.length <= maxLength) return readable === '' ? 'file' : readable;
  // The end says what it is.
  return [...characters.slice(0, maxLength - 20), '…', ...characters.slice(-19)].join('');
}
