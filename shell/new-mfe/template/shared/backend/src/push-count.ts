import type { EventChannel, Recorded } from '@souk/event-channel';
import { cloudEvent, type Projection } from '@souk/service-kit';
import { subjects } from '@souk/shared-events/integration';
import type { EntryAdded } from './domain/entries.ts';
import type { EntriesView } from './entries-view.ts';

/** What the push stands on. */
export interface PushCountOptions {
  readonly channel: EventChannel;
  readonly entries: Projection;
  readonly view: EntriesView;
}

/** Tells all browsers of a visitor how many entries there are now: once, whatever is delivered twice. */
export function pushCount({ channel, entries, view }: PushCountOptions) {
  return async (recorded: Recorded): Promise<void> => {
    const { visitorId } = (recorded.event as typeof recorded.event & EntryAdded).data;
    // A browser that asks because it was told must find what it was told of.
    await entries.waitFor(recorded.position);
    const id = `${recorded.event.id}-push`;
    const data = { type: 'sample:changed', detail: { count: view.countOf(visitorId) } };
    const event = cloudEvent({ type: 'shell.browser-event.v1', source: '/sample', data, cause: recorded, id });
    await channel.append(subjects.pushToShopper(visitorId), [event], { expect: 'any', messageId: `/sample/${id}` });
  };
}
