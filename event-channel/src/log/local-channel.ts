import { guardedChannel } from '../guarded-channel.ts';
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

  return guardedChannel({
    capabilities,
    append: committer.append,
    read: (filter, options = {}) =>
      reader.read(filter, options.from ?? 1, options.to ?? store.lastPosition(streamOf(filter))),
    lastPosition: async (stream) => store.lastPosition(stream),
    consume: consumers.start,
    followUp: followUps.add,
    tail: reader.tail,
    publish: bus.publish,
    subscribe: bus.subscribe,
    request: (subject, message, { timeoutMs }) => bus.request(subject, message, timeoutMs),
    respond: bus.respond,
    async close() {
      reader.close();
      try {
        await Promise.all([bus.close(), consumers.close()]);
      } finally {
        committer.close();
        store.close();
      }
    },
  });
}
