import { Invalid } from '@souk/service-kit';

/**
 * A position as a header or the address has it; `undefined` when there is none.
 * @throws {Invalid}
 */
export function positionOf(text: unknown): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (typeof text === 'string' && /^[0-9]{1,15}$/.test(text)) return Number(text);
  throw new Invalid('not-a-position', 'a position is a whole number');
}
