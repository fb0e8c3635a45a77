import type { StreamName, SubjectFilter } from './port.ts';

/** The stream a subject or a filter lies in: its first token. Does not validate. */
export function streamOf(subject: SubjectFilter): StreamName {
  const dot = subject.indexOf('.');
  return dot === -1 ? subject : subject.slice(0, dot);
}
