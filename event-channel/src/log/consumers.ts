import { DurableConflict } from '../errors.ts';
import type { ConsumeOptions, Consumer, Delivery, StreamName } from '../port.ts';
import type { Committer } from './committer.ts';
import { settingsOf, type ConsumerSettings } from './consumer-settings.ts';
import { startConsumer } from './consumer.ts';
import type { HandlerErrorListener } from './handler-error.ts';
import { storeLog } from './log-cursor.ts';
import { createProgressBook } from './progress-book.ts';
import type { Signal } from './signal.ts';
import type { SavedProgress, Store } from './store.ts';

export interface ConsumersDeps {
  readonly store: Store;
  readonly grown: Signal<StreamName>;
  readonly committer: Committer;
  readonly now: () => number;
  readonly onHandlerError: HandlerErrorListener;
}

/** The consumers of one channel: one handler per durable. */
export interface Consumers {
  start(options: ConsumeOptions, handler: (delivery: Delivery) => Promise<void>): Consumer;
  close(): Promise<void>;
}

export function createConsumers(deps: ConsumersDeps): Consumers {
  const open = new Map<string, Consumer>();

  return {
    start(options, handler) {
      const settings = settingsOf(options);
      const key = `${settings.stream}/${settings.durable}`;
      if (open.has(key)) throw new DurableConflict(settings.stream, settings.durable, 'has a handler already');
      const saved = deps.store.progress(settings.stream, settings.durable) ?? begin(settings, options.deliver ?? 'all');
      if (saved.order !== settings.order) {
        throw new DurableConflict(settings.stream, settings.durable, `was begun with order "${saved.order}"`);
      }
      const book = createProgressBook(settings, saved, deps.committer);
      const log = storeLog(deps.store, deps.grown, deps.onHandlerError, settings);
      const consumer = startConsumer(settings, handler, { ...deps, log, book, saved });
      const handle: Consumer = {
        get ackedPosition() {
          return consumer.ackedPosition;
        },
        get pending() {
          return consumer.pending;
        },
        isSettled: (subject, position) => consumer.isSettled(subject, position),
        deadLetters: () => consumer.deadLetters(),
        replay: (position) => consumer.replay(position),
        dismiss: (position) => consumer.dismiss(position),
        async close() {
          await consumer.close();
          if (open.get(key) === handle) open.delete(key);
        },
      };
      open.set(key, handle);
      return handle;
    },
    async close() {
      await Promise.all([...open.values()].map((consumer) => consumer.close()));
    },
  };

  /** Where a new durable begins is written at once: "new" must not mean something later after a crash. */
  function begin({ stream, durable, order }: ConsumerSettings, deliver: ConsumeOptions['deliver']): SavedProgress {
    const floor =
      deliver === 'new' ? deps.store.lastPosition(stream) : typeof deliver === 'object' ? deliver.from - 1 : 0;
    const nothing = { lagging: new Map(), dead: new Map() };
    deps.store.write({ commits: [], progress: [{ stream, durable, order, floor, ...nothing }] });
    return { order, floor, lagging: new Map(), dead: [] };
  }
}
