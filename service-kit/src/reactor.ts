import type {
  ConsumeOptions,
  Consumer,
  DeadLetter,
  Delivery,
  EventChannel,
  Position,
  Recorded,
  Subject,
} from '@souk/event-channel';
import type { Follower } from './follower.ts';
import { groupCommit } from './group-commit.ts';
import { openInbox } from './inbox.ts';
import type { Logger } from './logger.ts';
import type { Database } from './sqlite.ts';
import { traceIdOf } from './trace.ts';

/** Written in the same transaction that notes the event as handled. Synchronous. */
export type Commit = (db: Database) => void;

export interface ReactorContext {
  /** Aborts when the reactor closes: what has not been done by then will be done after the next start. */
  readonly signal: AbortSignal;
  /** 1 at first. */
  readonly deliveryCount: number;
}

export interface ReactorOptions extends Omit<ConsumeOptions, 'durable'> {
  /** Name under which progress is kept, in the channel and in `db`. Unique among all backends: `notes-mailer`. */
  readonly name: string;
  readonly channel: EventChannel;
  readonly db: Database;
  /**
   * Does what the event calls for. It may run again after a crash between its effect and the note of it, so give events
   * it appends an id that follows from this one (`messageId`, `expect`). What it changes in its own database it returns
   * as a {@link Commit}. If it throws, the event comes again later, and after `maxDeliver` times becomes a dead letter.
   */
  readonly handle: (event: Recorded, context: ReactorContext) => Promise<void | Commit>;
  /** Types of events that matter; others are passed over without a trace. @default all */
  readonly types?: readonly string[];
  /** Of an event that was done by other means before it was delivered: it is passed over without a trace. Asked once. */
  readonly isDone?: (event: Recorded) => boolean;
  /** `false`: no inbox rows, for a `handle` that by itself does nothing the second time. @default true */
  readonly inbox?: boolean;
  readonly log?: Logger;
}

/** Something that acts on events. */
export interface Reactor extends Follower {
  /** Events given up on. */
  deadLetters(): Promise<readonly DeadLetter[]>;
  /** Tries a dead letter again, counting from 1. */
  replay(position: Position): Promise<void>;
  /** Drops a dead letter; its subject goes on. */
  dismiss(position: Position): Promise<void>;
  /** Whether this event can never be handled again, not even after a crash; see {@link Consumer.isSettled}. */
  isSettled(subject: Subject, position: Position): boolean;
  /** Calls back when an event may have become a dead letter. Returns the undo. */
  onParked(listener: () => void): () => void;
  /** Takes no more events and waits for those at hand. Idempotent. */
  close(): Promise<void>;
}

const ACK_WAIT_DEFAULT_MS = 30_000;
const MAX_DELIVER_DEFAULT = 5;

/**
 * Acts on each event of a stream effectively once: delivered at least once, in order per subject, and an inbox row per
 * event makes the second time do nothing. Begins at once.
 */
export function reactor(options: ReactorOptions): Reactor {
  const { name, channel, db, handle, types, isDone, inbox = true, log, ...consume } = options;
  const wanted = types && new Set(types);
  const closing = new AbortController();
  const together = groupCommit(db);
  const atHand = new Map<string, Promise<void>>();
  const handled = openInbox(db, name, (subject, position) => consumer.isSettled(subject, position));
  const parkedListeners = new Set<() => void>();
  let target: Position | undefined;
  let closed: Promise<void> | undefined;

  const handleOnce = async (delivery: Delivery) => {
    if (inbox && handled.has(delivery)) return;
    const commit = await handle(delivery, { signal: closing.signal, deliveryCount: delivery.deliveryCount });
    if (!inbox && commit === undefined) return;
    await together(() => {
      commit?.(db);
      if (inbox) handled.note(delivery);
    });
  };

  const consumer: Consumer = channel.consume({ ...consume, durable: name }, async (delivery) => {
    if (wanted?.has(delivery.event.type) === false || isDone?.(delivery)) return delivery.ack();
    const key = `${delivery.event.source}/${delivery.event.id}`;
    // Delivered again while the first time is still running: both end with it.
    const busy = atHand.get(key) ?? handleOnce(delivery);
    atHand.set(key, busy);
    const beat = setInterval(() => delivery.inProgress(), (consume.ackWaitMs ?? ACK_WAIT_DEFAULT_MS) / 3);
    try {
      await busy;
    } catch (error) {
      const { stream, subject, position, deliveryCount, event } = delivery;
      const about = { reactor: name, stream, subject, position, deliveryCount, type: event.type };
      const traceId = traceIdOf(event.traceparent);
      log?.warn({ err: error, ...about, correlationId: event.correlationid, traceId }, 'event not handled');
      // The channel parks it when it has the error.
      if (deliveryCount >= (consume.maxDeliver ?? MAX_DELIVER_DEFAULT)) setImmediate(tellParked);
      throw error;
    } finally {
      clearInterval(beat);
      atHand.delete(key);
    }
    await delivery.ack();
  });

  function tellParked(): void {
    for (const listener of parkedListeners) listener();
  }

  return {
    name,
    async status() {
      const [last, dead] = await Promise.all([channel.lastPosition(consume.stream), consumer.deadLetters()]);
      target ??= last;
      const position = consumer.ackedPosition;
      const streams = [{ stream: consume.stream, position, lag: Math.max(0, last - position) }];
      // With a filter the last event may not be ours, so a reactor counts as caught up when nothing is at hand.
      const caughtUp = position >= target || consumer.pending === 0;
      return { name, kind: 'reactor', caughtUp, streams, deadLetters: dead.length };
    },
    deadLetters: () => consumer.deadLetters(),
    replay: (position) => consumer.replay(position),
    dismiss: (position) => consumer.dismiss(position),
    isSettled: (subject, position) => consumer.isSettled(subject, position),
    onParked(listener) {
      parkedListeners.add(listener);
      return () => void parkedListeners.delete(listener);
    },
    close() {
      closing.abort();
      return (closed ??= consumer.close().then(() => {
        if (inbox) handled.prune();
      }));
    },
  };
}
