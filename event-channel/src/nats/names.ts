import type { StreamName, Subject, SubjectFilter } from '../port.ts';

/**
 * What things are called on the server. Everything that is not an event of a stream without namespace has a "=" or a
 * "$" in its first token, which no subject of Souk has: so no stream captures it.
 */
export interface Names {
  /** JetStream stream of a Souk stream. */
  stream(stream: StreamName): string;
  /** JetStream stream with the progress and the dead letters of all durables. */
  readonly durables: string;
  readonly durableSubjects: string;
  /** Subject or filter of events. */
  logged(subject: SubjectFilter): string;
  /** The other way round. */
  fromLogged(subject: string): Subject;
  published(subject: SubjectFilter): string;
  fromPublished(subject: string): Subject;
  requested(subject: Subject): string;
  /** First tokens of everything that is kept for a durable. */
  durable(stream: StreamName, durable: string): string;
}

/**
 * @param namespace lets several shops share a server; `''` for none
 * @throws {RangeError} the namespace has other characters than `[A-Za-z0-9_-]`
 */
export function namesIn(namespace: string): Names {
  if (!/^[A-Za-z0-9_-]*$/.test(namespace)) throw new RangeError(`"${namespace}" is no namespace: use [A-Za-z0-9_-]`);
  const token = `${namespace}=`;
  const logPrefix = namespace ? `${token}.` : '';
  const own = `$SOUK.${token}`;
  return {
    stream: (stream) => (namespace ? token + stream : stream),
    durables: `${token}durables`,
    durableSubjects: `${own}.durable.>`,
    logged: (subject) => logPrefix + subject,
    fromLogged: (subject) => subject.slice(logPrefix.length),
    published: (subject) => `${own}.published.${subject}`,
    fromPublished: (subject) => subject.slice(`${own}.published.`.length),
    requested: (subject) => `${own}.requested.${subject}`,
    durable: (stream, durable) => `${own}.durable.${stream}.${tokenOf(durable)}`,
  };
}

/** Any text as one token of a subject; different texts give different tokens. */
export function tokenOf(text: string): string {
  return /^[A-Za-z0-9_-]+$/.test(text) ? text : `=${Buffer.from(text).toString('base64url')}`;
}
