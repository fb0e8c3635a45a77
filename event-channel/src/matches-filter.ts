import { assertSubjectFilter } from './assert-subject.ts';
import type { Subject, SubjectFilter } from './port.ts';

/**
 * Whether a subject lies in a filter: `cart.order.o_1` lies in `cart.order.*`, `cart.>` and `cart.order.o_1`.
 * @throws {InvalidSubject} the filter is malformed
 */
export function matchesFilter(filter: SubjectFilter, subject: Subject): boolean {
  return subjectMatcher(filter)(subject);
}

/**
 * {@link matchesFilter} for many subjects: the filter is taken apart once.
 * @throws {InvalidSubject} the filter is malformed
 */
export function subjectMatcher(filter: SubjectFilter): (subject: Subject) => boolean {
  assertSubjectFilter(filter);
  if (isExact(filter)) return (subject) => subject === filter;
  const pattern = filter.split('.').map((part) => (part === '*' ? '[^.]+' : part === '>' ? '.+' : part));
  const expression = new RegExp(`^${pattern.join('\\.')}$`);
  return (subject) => expression.test(subject);
}

/** Whether a filter has no wildcard, so that it names one subject. */
export function isExact(filter: SubjectFilter): boolean {
  return !filter.includes('*') && !filter.endsWith('>');
}
