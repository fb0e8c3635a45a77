import { InvalidSubject } from './errors.ts';
import type { Subject, SubjectFilter } from './port.ts';

const maxLength = 255;
const token = /^[A-Za-z0-9_-]+$/;
const tokens = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;

/**
 * A subject for messages: tokens of `[A-Za-z0-9_-]+` with dots between, at most 255 characters.
 * @throws {InvalidSubject}
 */
export function assertSubject(subject: Subject): void {
  // Nearly all are right, and then one look is enough.
  if (typeof subject === 'string' && subject.length <= maxLength && tokens.test(subject)) return;
  for (const part of tokensOf(subject)) {
    if (!token.test(part)) throw new InvalidSubject(subject, `"${part}" is not a token of [A-Za-z0-9_-]+`);
  }
}

/**
 * A subject for events: as for messages, and at least two tokens, because the first one names the stream.
 * @throws {InvalidSubject}
 */
export function assertLogSubject(subject: Subject): void {
  assertSubject(subject);
  if (!subject.includes('.')) throw new InvalidSubject(subject, 'it needs a token after the name of its stream');
}

/**
 * A filter for messages: a subject in which `*` may stand for a token and a closing `>` for one or more.
 * @throws {InvalidSubject}
 */
export function assertSubjectFilter(filter: SubjectFilter): void {
  const parts = tokensOf(filter);
  parts.forEach((part, index) => {
    if (part === '*' || token.test(part)) return;
    if (part !== '>') throw new InvalidSubject(filter, `"${part}" is neither a token nor "*"`);
    if (index < parts.length - 1) throw new InvalidSubject(filter, '">" may only stand at the end');
  });
}

/**
 * A filter for events: as for messages, and the first of its two or more tokens names one stream.
 * @throws {InvalidSubject}
 */
export function assertLogFilter(filter: SubjectFilter): void {
  assertSubjectFilter(filter);
  const parts = filter.split('.');
  if (!token.test(parts[0] ?? '')) throw new InvalidSubject(filter, 'its first token must name one stream');
  if (parts.length === 1) throw new InvalidSubject(filter, 'it needs a token after the name of its stream');
}

function tokensOf(subject: string): string[] {
  if (typeof subject !== 'string' || subject === '') throw new InvalidSubject(String(subject), 'it is empty');
  if (subject.length > maxLength) throw new InvalidSubject(subject, `it is longer than ${maxLength} characters`);
  return subject.split('.');
}
