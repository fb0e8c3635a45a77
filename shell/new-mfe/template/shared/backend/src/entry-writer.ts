import type { EventChannel, Position } from '@souk/event-channel';
import { cloudEvent, type Cause } from '@souk/service-kit';
import { decide, evolve, noEntries, type AddEntry, type EntryAdded } from './domain/entries.ts';

/** Does what a visitor wants; resolves with the position of their latest event. */
export type WriteEntry = (wish: AddEntry, cause: Cause) => Promise<Position>;

/** Times that somebody may be faster until the request is given up. */
const maxAttempts = 20;

/** Decides on what the log says now, and appends only if it still says so. */
export function entryWriter(channel: EventChannel, clock: () => Date): WriteEntry {
  return async (wish, cause) => {
    const subject = `sample.visitor.${wish.visitorId}`;
    for (let attempt = 1; ; attempt++) {
      let entries = noEntries;
      let [revision, position] = [0, 0];
      for await (const recorded of channel.read(subject)) {
        entries = evolve(entries, recorded.event as typeof recorded.event & EntryAdded);
        revision = position = recorded.position;
      }
      const decided = decide(wish, entries);
      if (decided.length === 0) return position;
      const events = decided.map((event) => cloudEvent({ ...event, source: '/sample', time: clock(), cause }));
      try {
        const expected = revision === 0 ? ('no-stream' as const) : { revision };
        return (await channel.append(subject, events, { expect: expected })).position;
      } catch (error) {
        if ((error as { code?: string }).code !== 'wrong-revision' || attempt === maxAttempts) throw error;
      }
    }
  };
}
