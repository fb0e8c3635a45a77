import type { CloudEvent, EventChannel, FollowUpDecision, Recorded, SubjectFilter } from '@souk/event-channel';

/**
 * Brings an event of an old version to the current one; pure, and total: what it does not know it returns as it is. Given
 * its own result it changes nothing.
 */
export type Upcast = (event: CloudEvent) => CloudEvent;

/**
 * A channel whose `read`, `tail` and `consume` deliver events in their current version, whatever version was recorded. So
 * whatever is made from it (projections, reactors, folds) knows current events only. The log stays as it was written, and
 * dead letters show what was written; appending, requests and the life of the channel are those of the given one.
 */
export function upcasting(channel: EventChannel, upcast: Upcast): EventChannel {
  const current = <Event extends Recorded>(recorded: Event): Event => {
    const event = upcast(recorded.event);
    return event === recorded.event ? recorded : { ...recorded, event };
  };
  return {
    get capabilities() {
      return channel.capabilities;
    },
    read: (filter, options) => mapped(channel.read(filter, options), current),
    tail: (filter, from, signal) => mapped(channel.tail(filter, from, signal), current),
    consume: (options, handler) => channel.consume(options, (delivery) => handler(current(delivery))),
    // Only where the given one has it: its absence says something.
    ...(channel.followUp && {
      followUp: (filter: SubjectFilter, decide: FollowUpDecision) =>
        channel.followUp!(filter, (recorded) => decide(current(recorded))),
    }),
    append: (subject, events, options) => channel.append(subject, events, options),
    lastPosition: (stream) => channel.lastPosition(stream),
    publish: (subject, message) => channel.publish(subject, message),
    subscribe: (filter, handler) => channel.subscribe(filter, handler),
    request: (subject, message, options) => channel.request(subject, message, options),
    respond: (subject, group, handler) => channel.respond(subject, group, handler),
    close: () => channel.close(),
  };
}

/** By hand: an async generator around another would cost a rebuild of a read model two more promises for each event. */
function mapped<Item>(items: AsyncIterable<Item>, change: (item: Item) => Item): AsyncIterable<Item> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = items[Symbol.asyncIterator]();
      const result = ({ done, value }: IteratorResult<Item>): IteratorResult<Item> =>
        done ? { done, value: undefined } : { done: false, value: change(value) };
      return {
        next: () => iterator.next().then(result),
        return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
      };
    },
  };
}
