/** An id that nobody guesses. `crypto.randomUUID` is missing on plain http outside of localhost. */
export function newId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
