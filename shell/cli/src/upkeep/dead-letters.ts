import type { Input } from '../command.ts';
import { CommandFailed, WrongUse } from '../errors.ts';
import type { StaffRequest } from '../shop/as-staff.ts';
import { eachBackend } from './each-backend.ts';

/** An event that a reactor gave up on. */
export interface DeadLetter {
  readonly backend: string;
  readonly reactor: string;
  readonly stream: string;
  readonly subject: string;
  readonly position: number;
  /** Of the event. */
  readonly type: string;
  readonly reason: string;
  readonly deliveryCount: number;
  readonly parkedAt: string;
}

/** Which one is meant, as a command is given it. */
export const letterPositionals: readonly string[] = ['REACTOR', 'POSITION'];

/** All dead letters of the shop. @throws {CommandFailed} */
export async function deadLettersOf(
  request: StaffRequest,
  url: string,
): Promise<{ readonly letters: readonly DeadLetter[]; readonly missing: readonly string[] }> {
  type Answer = { readonly deadLetters: readonly Omit<DeadLetter, 'backend'>[] };
  const { answers, missing } = await eachBackend<Answer>(request, url, 'dead-letters');
  const letters = [...answers].flatMap(([backend, { deadLetters }]) =>
    deadLetters.map((letter) => ({ backend, ...letter })),
  );
  return { letters, missing };
}

/**
 * Where the one that is meant is found: `/api/cart/dead-letters/cart-push/17`.
 * @throws {WrongUse} POSITION is none
 * @throws {CommandFailed} there is no such dead letter
 */
export async function pathOfLetter(request: StaffRequest, url: string, { positionals }: Input): Promise<string> {
  const [reactor = '', position = ''] = positionals;
  if (!/^[1-9]\d{0,14}$/.test(position)) throw new WrongUse(`souk dead-letters: "${position}" is no position`);
  const { letters } = await deadLettersOf(request, url);
  const found = letters.find((letter) => letter.reactor === reactor && letter.position === Number(position));
  if (found) return `/api/${found.backend}/dead-letters/${encodeURIComponent(reactor)}/${position}`;
  throw new CommandFailed(`there is no dead letter of "${reactor}" at position ${position}`);
}
