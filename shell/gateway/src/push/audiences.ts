import type { EventChannel, Position, Recorded, Subject } from '@souk/event-channel';

/** Messages on a subject that a listener may hear: those after `after`, up to `to`. */
export interface Hearing {
  readonly subject: Subject;
  readonly after: Position;
  /** `Infinity` while it goes on. */
  readonly to: Position;
}

/** Subject of what a session has joined and left: written by whoever decides that, never by a browser. */
export const membershipSubject = (sessionId: string): Subject => `push.membership.${sessionId}`;

/** What a session joined or left, if the event says so. */
export const membershipIn = ({ event }: Recorded): { joined: boolean; subject: Subject } | undefined => {
  if (event.type !== 'shell.audience-joined.v1' && event.type !== 'shell.audience-left.v1') return undefined;
  const { audience } = event.data as { audience?: unknown };
  if (typeof audience !== 'string' || !/^(customer|conversation)\.[\w-]+$/.test(audience)) return undefined;
  return { joined: event.type === 'shell.audience-joined.v1', subject: `push.${audience}` };
};

/** What a session has heard, or hears, beside what is its own, up to a position. */
export const membershipsOf = async (
  channel: EventChannel,
  sessionId: string,
  to: Position,
): Promise<readonly Hearing[]> => {
  const over: Hearing[] = [];
  const open = new Map<Subject, Position>();
  for await (const recorded of channel.read(membershipSubject(sessionId), { to })) {
    const change = membershipIn(recorded);
    if (!change) continue;
    const { joined, subject } = change;
    const after = open.get(subject);
    if (joined && after === undefined) open.set(subject, recorded.position);
    if (joined || after === undefined) continue;
    open.delete(subject);
    over.push({ subject, after, to: recorded.position });
  }
  return [...over, ...[...open].map(([subject, after]) => ({ subject, after, to: Infinity }))];
};
