import type { CloudEvent, EventChannel, Recorded } from '@souk/event-channel';
import { check, type Findings } from './findings.ts';
import type { LoadData } from './load.ts';

/** Where follow-ups go, in a stream of their own: the load's own subjects say what comes after what. */
const subjectOf = (of: CloudEvent) => `after.load.${of.id}`;

/** Of each event that is the load's, by what it says: nothing follows, an event, or one that cannot be taken. */
type Follows = 'nothing' | 'an event' | 'one that is refused';

/** Has half of the events followed by another one in the same transaction, and some by one that cannot be taken. */
export function followLoad(channel: EventChannel, filter: string): void {
  channel.followUp?.(filter, ({ event }) => {
    const follows = followsFrom(event);
    if (follows === 'nothing') return undefined;
    const { id, correlationid } = event;
    const after: CloudEvent = {
      ...event,
      id: `${id}-after`,
      type: 'after.followed.v1',
      correlationid,
      causationid: id,
    };
    const expect = follows === 'an event' ? 'no-stream' : { revision: Number.MAX_SAFE_INTEGER };
    return { subject: subjectOf(event), events: [after], expect, settled: () => undefined };
  });
}

/** Looks whether a follow-up is there exactly where its event is and calls for one, once, and behind it. */
export async function checkFollowUps(
  channel: EventChannel,
  log: readonly Recorded[],
  findings: Findings,
  where: string,
): Promise<void> {
  const wrong = await wrongFollowUps(channel, log);
  check(findings, 'a follow-up is there exactly when its event is', where, wrong);
}

/** What is wrong about the follow-ups of these events. */
export async function wrongFollowUps(channel: EventChannel, log: readonly Recorded[]): Promise<string[]> {
  const found = new Map<string, number[]>();
  for await (const { event, position } of channel.read('after.>')) {
    const of = event.causationid ?? '';
    found.set(of, [...(found.get(of) ?? []), position]);
  }
  const wrong = log.flatMap(({ event, position }) => {
    const at = found.get(event.id) ?? [];
    found.delete(event.id);
    const due = followsFrom(event) === 'an event' ? 1 : 0;
    return at.length === due && at.every((one) => one > position) ? [] : [`${event.id} has ${at.length}, ${due} due`];
  });
  return [...wrong, ...[...found.keys()].map((id) => `${id} is not there, and something follows from it`)];
}

function followsFrom({ data }: CloudEvent): Follows {
  const { n } = data as LoadData;
  if (n % 2 === 0) return 'an event';
  return n % 5 === 1 ? 'one that is refused' : 'nothing';
}
