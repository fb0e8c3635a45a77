import { assertLogFilter } from '../assert-subject.ts';
import { ChannelClosed } from '../errors.ts';
import type { Capabilities, EventChannel } from '../port.ts';
import { streamOf } from '../stream-of.ts';
import { createBus } from './bus.ts';
import { createCommitter } from './committer.ts';
import { createConsumers } from './consumers.ts';
import { createFollowUps } from './follow-ups.ts';
import type { HandlerErrorListener } from './handler-error.ts';
import { createReader } from './reader.ts';
import { createSignal } from './signal.ts';
import type { Store } from './store.ts';

export interface LocalChannelDeps {
  readonly store: Store;
  readonly capabilities: Capabilities;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onHandlerError: HandlerErrorListener;
}

/** The channel of one process over a store: everything that memory and sqlite have in common. */
export function localChannel({ store, capabilities, now, onHandlerError }: LocalChannelDeps): EventChannel {
  const { maxCommitBytes } = capabilities;
  const grown = createSignal<string>();
  const followUps = createFollowUps(maxCommitBytes, onHandlerError);
  const committer = createCommitter(store, grown, { maxCommitBytes, following: followUps.of });
  const reader = createReader(store, grown);
  const consumers = createConsumers({ store, grown, committer, now, onHandlerError });
  const bus = createBus(onHandlerError);
  let closed: Promise<void> | undefined;

  return {
    capabilities,
    async append(subject, events, options) {
      assertOpen();
      return committer.append(subject, events, options);
    },
    read(filter, options = {}) {
      assertOpen();
      assertLogFilter(filter);
      return reader.read(filter, options.from ?? 1, options.to ?? store.lastPosition(streamOf(filter)));
    },
    async lastPosition(stream) {
      assertOpen();
      return store.lastPosition(stream);
    },
    consume(options, handler) {
      assertOpen();
      return consumers.start(options, handler);
    },
    followUp(filter, decide) {
      assertOpen();
      return followUps.add(filter, decide);
    },
    tail(filter, from, signal) {
      assertOpen();
      assertLogFilter(filter);
      return reader.tail(filter, from, signal);
    },
    publish(subject, message) {
      assertOpen();
      bus.publish(subject, message);
    },
    subscribe(filter, handler) {
      assertOpen();
      return bus.subscribe(filter, handler);
    },
    async request(subject, message, { timeoutMs }) {
      assertOpen();
      return bus.request(subject, message, timeoutMs);
    },
    respond(subject, group, handler) {
      assertOpen();
      return bus.respond(subject, group, handler);
    },
    close: () => (closed ??= close()),
  };

  async function close(): Promise<void> {
    reader.close();
    try {
      await Promise.all([bus.close(), consumers.close()]);
    } finally {
      committer.close();
      store.close();
    }
  }

  function assertOpen(): void {
    if (closed) throw new ChannelClosed();
  }
}
