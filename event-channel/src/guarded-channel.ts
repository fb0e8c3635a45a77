import { assertLogFilter } from './assert-subject.ts';
import { ChannelClosed } from './errors.ts';
import type { EventChannel } from './port.ts';

/**
 * What every adapter promises before it does anything: a channel that was closed refuses all but a second `close`, which
 * waits for the first; what is read or tailed lies in one stream.
 */
export function guardedChannel(channel: EventChannel): EventChannel {
  const { capabilities, followUp } = channel;
  let closed: Promise<void> | undefined;

  return {
    capabilities,
    append: (subject, events, options) =>
      closed ? Promise.reject(new ChannelClosed()) : channel.append(subject, events, options),
    read(filter, options) {
      assertOpen();
      assertLogFilter(filter);
      return channel.read(filter, options);
    },
    async lastPosition(stream) {
      assertOpen();
      return channel.lastPosition(stream);
    },
    consume(options, handler) {
      assertOpen();
      return channel.consume(options, handler);
    },
    ...(followUp && {
      followUp(filter, decide) {
        assertOpen();
        return followUp(filter, decide);
      },
    }),
    tail(filter, from, signal) {
      assertOpen();
      assertLogFilter(filter);
      return channel.tail(filter, from, signal);
    },
    publish(subject, message) {
      assertOpen();
      channel.publish(subject, message);
    },
    subscribe(filter, handler) {
      assertOpen();
      return channel.subscribe(filter, handler);
    },
    async request(subject, message, options) {
      assertOpen();
      return channel.request(subject, message, options);
    },
    respond(subject, group, handler) {
      assertOpen();
      return channel.respond(subject, group, handler);
    },
    close: () => (closed ??= channel.close()),
  };

  function assertOpen(): void {
    if (closed) throw new ChannelClosed();
  }
}
