/**
 * The port of the event channel: what every adapter promises and every backend may rely on.
 *
 * Guarantees, the same on every adapter and proven by the one contract suite in `testing/`:
 * - total order per stream; positions only grow and are never used twice;
 * - `append` is one atomic commit on one subject, durable (see {@link Capabilities.durability}) before it resolves;
 * - consumers get each event at least once, in order per subject, and never skip one;
 * - no atomicity over several subjects, and no read of an own write without a position.
 */

/** Name of a retained log and its owner, the first token of each of its subjects: `cart`. */
export type StreamName = string;

/** Dot-separated address inside a stream: `cart.order.o_1`. Tokens are `[A-Za-z0-9_-]+`. */
export type Subject = string;

/** A subject in which `*` stands for one token and a closing `>` for one or more: `cart.order.>`. */
export type SubjectFilter = string;

/** Place of an event in its stream: 1 for the first, growing, gaps allowed. `0` means "before the first". */
export type Position = number;

/** Position of the last event on one subject. Opaque: only compare it for equality. */
export type Revision = number;

/** JSON as it travels in events and messages. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * An event as it is appended: a CloudEvents 1.0 envelope with the extensions Souk uses.
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export interface CloudEvent<Type extends string = string, Data = unknown> {
  readonly specversion: '1.0';
  /** Unique per `source`. */
  readonly id: string;
  /** Who produced it: `/cart`. */
  readonly source: string;
  /** What happened, owner first, version last: `cart.order-placed.v1`. */
  readonly type: Type;
  /** ISO 8601 UTC. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: Data;
  /** The whole conversation this event belongs to: the id of the first command or event. */
  readonly correlationid: string;
  /** The one event or command that caused this one. */
  readonly causationid?: string;
  /** W3C trace context of the request that caused it. */
  readonly traceparent?: string;
}

/** An event as it stands in the log. */
export interface Recorded<Event extends CloudEvent = CloudEvent> {
  readonly stream: StreamName;
  readonly subject: Subject;
  readonly position: Position;
  readonly event: Event;
}

/**
 * What the log must look like for an append to be taken: the subject at a revision or without events; or, for a decision
 * that looked at more than its subject, the whole stream at the position that {@link EventChannel.lastPosition} gave before.
 */
export type Expect = { readonly revision: Revision } | { readonly lastPosition: Position } | 'no-stream' | 'any';

export interface AppendOptions {
  readonly expect: Expect;
  /**
   * Same id inside the duplicate window: nothing is written and the first result comes back with `duplicate: true`.
   * Scoped to the stream, as on JetStream: use `<source>/<id>`. Checked before `expect`.
   * @default `<source>/<id>` of the first event
   */
  readonly messageId?: string;
}

export interface Appended {
  /** Position of the last event of the commit. */
  readonly position: Position;
  readonly revision: Revision;
  readonly duplicate: boolean;
}

/** What an adapter can do; shown in `/readyz`. */
export interface Capabilities {
  readonly adapter: 'memory' | 'sqlite' | 'nats';
  /** The worst crash an acknowledged append survives. */
  readonly durability: 'none' | 'process-crash' | 'power-loss';
  readonly replicas: number;
  readonly duplicateWindowMs: number;
  /** Largest commit in bytes of JSON; a larger one fails with {@link TooLarge}. */
  readonly maxCommitBytes: number;
}

export interface ReadOptions {
  /** First position to deliver, inclusive. @default 1 */
  readonly from?: Position;
  /** Last position to deliver, inclusive. @default the end of the log at the time of the call */
  readonly to?: Position;
}

export interface ConsumeOptions {
  /** Stream to consume. The filter must lie in it. */
  readonly stream: StreamName;
  /**
   * Name under which progress is kept. One durable has at most one handler per process, and of several processes one
   * handles it while the others stand by: else nobody could hold the order.
   */
  readonly durable: string;
  /** @default everything in the stream */
  readonly filter?: SubjectFilter;
  /** Where a durable that has no progress yet begins. @default 'all' */
  readonly deliver?: 'all' | 'new' | { readonly from: Position };
  /** No answer in this time: delivered again. @default 30_000 milliseconds */
  readonly ackWaitMs?: number;
  /** Deliveries of one event before it becomes a dead letter. @default 5 */
  readonly maxDeliver?: number;
  /** Wait before delivery 2, 3, …; the last one repeats. @default [100, 500, 2000, 5000] milliseconds */
  readonly backoffMs?: readonly number[];
  /** Unanswered deliveries at one time. @default 256 */
  readonly maxAckPending?: number;
  /**
   * `per-subject`: an event waits until the one before it on its subject is acked or dead; a dead letter parks its
   * subject until it is replayed or dismissed, and no other subject waits. `stream`: strictly one after the other
   * (for projections), and a dead letter stops the consumer. `none`: no order under retry.
   * @default 'per-subject'
   */
  readonly order?: 'per-subject' | 'stream' | 'none';
}

/** One event handed to a consumer. Exactly one of `ack`, `nak`, `term` ends it; a handler that throws naks. */
export interface Delivery<Event extends CloudEvent = CloudEvent> extends Recorded<Event> {
  /** 1 at first. */
  readonly deliveryCount: number;
  readonly redelivered: boolean;
  ack(): Promise<void>;
  /** Deliver again after `delayMs`. @default next backoff */
  nak(delayMs?: number): void;
  /** Still busy: the ack wait begins anew. */
  inProgress(): void;
  /** Give up at once: dead letter with this reason. */
  term(reason: string): void;
}

/** An event that a consumer could not handle, parked with its reason. */
export interface DeadLetter extends Recorded {
  readonly durable: string;
  readonly reason: string;
  readonly deliveryCount: number;
  /** ISO 8601 UTC. */
  readonly parkedAt: string;
}

export interface Consumer {
  /** Position up to which everything is acked. */
  readonly ackedPosition: Position;
  /** Delivered and not yet answered, or waiting for the next delivery. */
  readonly pending: number;
  /**
   * Whether this event, acked or dismissed, can never be delivered again, not even after a crash: that it is settled is as
   * durable as the log. `false` when it is not known.
   */
  isSettled(subject: Subject, position: Position): boolean;
  deadLetters(): Promise<readonly DeadLetter[]>;
  /** Deliver the dead letter again, counting from 1. @throws {NoSuchDeadLetter} */
  replay(position: Position): Promise<void>;
  /** Drop the dead letter; its subject goes on. @throws {NoSuchDeadLetter} */
  dismiss(position: Position): Promise<void>;
  /** Takes no new deliveries, waits for handlers that run, then resolves. */
  close(): Promise<void>;
}

/** A message of the ephemeral kind: at most once, nobody keeps it. */
export interface Message {
  readonly data: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Subscription {
  close(): Promise<void>;
}

/** What follows from an event that is being written: one more commit. */
export interface FollowUp extends AppendOptions {
  readonly subject: Subject;
  readonly events: readonly CloudEvent[];
  /** Hears once what became of it: durable together with the event, or an error and not written. Must not throw. */
  readonly settled: (outcome: Appended | Error) => void;
}

/** Synchronous and without effects: the event is not durable yet, and may never be. `undefined`: nothing follows. */
export type FollowUpDecision = (recorded: Recorded) => FollowUp | undefined;

/** The event channel. */
export interface EventChannel {
  readonly capabilities: Capabilities;

  /**
   * Writes 1..n events as one atomic commit on one subject; durable before it resolves.
   * An ambiguous failure (connection lost) may be retried with the same `messageId` and `expect`.
   * @throws {WrongRevision} somebody was faster
   * @throws {TooLarge} more than `capabilities.maxCommitBytes`
   * @throws {EmptyCommit}
   * @throws {InvalidSubject}
   * @throws {LogUnavailable} nothing is written, and it may be retried
   * @throws {ChannelClosed}
   */
  append(subject: Subject, events: readonly CloudEvent[], options: AppendOptions): Promise<Appended>;

  /** Retained events that match, in order; ends at `to`. The first token of the filter names the stream. */
  read(filter: SubjectFilter, options?: ReadOptions): AsyncIterable<Recorded>;

  /** Position of the last event of a stream; `0` when it is empty. */
  lastPosition(stream: StreamName): Promise<Position>;

  /**
   * Durable, explicit ack, bounded redelivery with backoff, dead letters. Begins at once.
   * @throws {DurableConflict} the durable has a handler already, or was begun with another order
   */
  consume(options: ConsumeOptions, handler: (delivery: Delivery) => Promise<void>): Consumer;

  /**
   * Has `decide` asked about each matching event while it is written, and writes what follows in the same transaction: both
   * are durable with one wait, or neither is there. A follow-up that cannot be taken leaves its event alone. Only in adapters
   * that write the log themselves (memory, sqlite), and only for what this object writes: consume the events as well, so
   * that this makes faster what is right without it.
   */
  followUp?(filter: SubjectFilter, decide: FollowUpDecision): Subscription;

  /** Ordered, without acks, from a position on and then as events come; ends when `signal` aborts or the channel closes. */
  tail(filter: SubjectFilter, from: Position, signal?: AbortSignal): AsyncIterable<Recorded>;

  /** To whoever listens now; at most once. */
  publish(subject: Subject, message: Message): void;

  /** Hears what is published on matching subjects from now on. */
  subscribe(filter: SubjectFilter, handler: (message: Message, subject: Subject) => void): Subscription;

  /**
   * Asks one responder and waits.
   * @throws {NoResponders} at once, when nobody responds on this subject
   * @throws {RequestTimeout}
   */
  request(subject: Subject, message: Message, options: { readonly timeoutMs: number }): Promise<Message>;

  /** Answers requests; responders of one group share them. What the handler throws reaches the asker as an error. */
  respond(subject: Subject, group: string, handler: (message: Message) => Promise<Message>): Subscription;

  /** Ends consumers and tails, flushes what was accepted, closes files and connections. Idempotent. */
  close(): Promise<void>;
}
