import { ChannelClosed, NoSuchDeadLetter } from '../errors.ts';
import type { Consumer, Delivery, Position, Recorded, Subject } from '../port.ts';
import type { ConsumerSettings } from './consumer-settings.ts';
import { startAttempts } from './delivery.ts';
import type { HandlerErrorListener } from './handler-error.ts';
import { createLane, isIdle, laneQueueLimit, type Lane } from './lane.ts';
import { dropCaughtUp, firstToRead, floorOf, restoreLanes } from './lane-set.ts';
import type { ConsumerLog } from './log-cursor.ts';
import type { ProgressBook } from './progress-book.ts';
import { toRecorded } from './reader.ts';
import type { DeadRow, Page, SavedProgress } from './store.ts';

export interface ConsumerDeps {
  readonly log: ConsumerLog;
  readonly book: ProgressBook;
  readonly saved: SavedProgress;
  readonly now: () => number;
  readonly onHandlerError: HandlerErrorListener;
}

/**
 * The delivery engine of a durable. It reads the log forward and hands each event to its lane; a lane delivers one
 * event at a time. The floor is below every event that is not settled, save those of lagging lanes, which keep a
 * place of their own: so a parked subject holds up neither the others nor the floor, and no event is ever skipped.
 */
export function startConsumer(
  settings: ConsumerSettings,
  handler: (delivery: Delivery) => Promise<void>,
  { log, book, saved, now, onHandlerError }: ConsumerDeps,
): Consumer {
  const { stream, durable, order } = settings;
  const perSubject = order === 'per-subject';
  const maxInDelivery = order === 'stream' ? 1 : settings.maxAckPending;
  const lanes = restoreLanes(order, saved);
  /** Lanes with something to deliver and nothing in delivery. */
  const ready = new Set([...lanes.values()].filter((lane) => lane.more && !lane.parked));
  /** Dead letters that are delivered again; they stay saved until that has an end. */
  const replaying = new Set<Position>();
  const cursor = log.cursor({ from: firstToRead(order, saved), resume: pump, passedOver: () => book.moved() });
  let [inDelivery, running] = [0, 0];
  let whenIdle: (() => void) | undefined;
  let state: 'open' | 'closing' | 'closed' = 'open';
  let closing: Promise<void> | undefined;

  book.attach({
    floor,
    prune() {
      if (perSubject) for (const lane of dropCaughtUp(lanes, floor())) book.touched(lane.subject);
    },
    lag(subject) {
      const lane = lanes.get(subject);
      return lane?.lagging ? lane.settledTo : undefined;
    },
  });
  queueMicrotask(pump);

  return {
    get ackedPosition() {
      return floor();
    },
    get pending() {
      return inDelivery;
    },
    isSettled: (subject, position) => book.isSettled(subject, position),
    async deadLetters() {
      const listed = [...book.dead.values()].filter(({ position }) => !replaying.has(position));
      const rows = listed.toSorted((a, b) => a.position - b.position);
      return Promise.all(rows.map(async (row) => ({ ...row, ...(await eventAt(row.position, row.subject)), durable })));
    },
    async replay(position) {
      const recorded = await eventAt(position, deadRowAt(position).subject);
      const lane = takeDeadLetter(position);
      replaying.add(position);
      lane.queue.unshift(recorded);
      goOn(lane);
    },
    async dismiss(position) {
      const lane = takeDeadLetter(position);
      settleDead(lane, position);
      goOn(lane);
      await book.flush();
    },
    close: () => (closing ??= close()),
  };

  /** Starts as many deliveries as may be open at one time. Handlers begin in a later microtask, never in here. */
  function pump(): void {
    while (mayDeliver()) {
      const [lane] = ready;
      if (lane) {
        ready.delete(lane);
        deliverNext(lane);
        continue;
      }
      const recorded = cursor.next();
      if (!recorded) return;
      admit(recorded);
    }
  }

  /** Gives an event that was read to its lane. */
  function admit(recorded: Recorded): void {
    const { position, subject } = recorded;
    if (!perSubject && book.dead.has(position)) return;
    const key = perSubject ? subject : position;
    const lane = lanes.get(key) ?? createLane(key, subject, position - 1);
    if (position <= lane.settledTo) return;
    lanes.set(key, lane);
    if (lane.parked || lane.more || lane.refilling || lane.queue.length === laneQueueLimit) lane.more = true;
    else lane.queue.push(recorded);
    if (!lane.inDelivery && !lane.parked && !lane.refilling) ready.add(lane);
  }

  function deliverNext(lane: Lane): void {
    if (lane.queue.length === 0) refill(lane);
    if (lane.refilling) return;
    const recorded = lane.queue.shift();
    if (!recorded) return goOn(lane);
    inDelivery++;
    lane.inDelivery = startAttempts(recorded, settings, {
      acked: () => settle(lane, () => acked(lane, recorded.position)),
      dead: (reason, deliveryCount) => settle(lane, () => bury(lane, recorded, reason, deliveryCount)),
      run,
    });
  }

  /** Reads on where the lane is, up to what the cursor has handed out. */
  function refill(lane: Lane): void {
    lane.more = false;
    look(lane, lane.settledTo + 1, cursor.position - 1);
  }

  /** A look at the log is bounded: one that finds nothing of this subject has to be followed by the next. */
  function look(lane: Lane, from: Position, to: Position): void {
    for (let at = from; at <= to && lane.queue.length === 0;) {
      const page = log.page(lane.subject, at, to, laneQueueLimit);
      if (page instanceof Promise) return lookLater(lane, page, to);
      at = fill(lane, page, to);
    }
  }

  function lookLater(lane: Lane, page: Promise<Page>, to: Position): void {
    lane.refilling = true;
    void page.then((late) => {
      lane.refilling = false;
      look(lane, fill(lane, late, to), to);
      if (!lane.refilling) goOn(lane);
    });
  }

  function fill(lane: Lane, { rows, next }: Page, to: Position): Position {
    for (const row of rows) lane.queue.push(toRecorded(stream, row));
    lane.more ||= rows.length > 0 && next <= to;
    return next;
  }

  async function run(delivery: Delivery): Promise<{ error: unknown } | undefined> {
    running++;
    try {
      await Promise.resolve();
      await handler(delivery);
      return undefined;
    } catch (error) {
      onHandlerError(error, { subject: delivery.subject, name: `consumer ${durable}` });
      return { error };
    } finally {
      running--;
      if (running === 0) whenIdle?.();
    }
  }

  function settle(lane: Lane, act: () => void): void {
    if (state === 'closed') return;
    inDelivery--;
    lane.inDelivery = undefined;
    act();
    goOn(lane);
  }

  function acked(lane: Lane, position: Position): void {
    if (book.dead.has(position)) settleDead(lane, position);
    else settleUpTo(lane, position);
  }

  function bury(lane: Lane, { position, subject }: Recorded, reason: string, deliveryCount: number): void {
    replaying.delete(position);
    book.bury({ position, subject, reason, deliveryCount, parkedAt: new Date(now()).toISOString() });
    lane.parked = order !== 'none';
    if (!perSubject) return;
    lane.lagging = true;
    lane.queue.length = 0;
    lane.more = true;
    settleUpTo(lane, position);
  }

  /** The dead letter is no more: it was acked after all, or dismissed. */
  function settleDead(lane: Lane, position: Position): void {
    replaying.delete(position);
    book.raise(position);
    settleUpTo(lane, position);
  }

  function settleUpTo(lane: Lane, position: Position): void {
    lane.settledTo = Math.max(lane.settledTo, position);
    if (perSubject && lane.lagging) book.touched(lane.subject);
    else book.moved();
  }

  /** What becomes of a lane in which nothing is in delivery now. */
  function goOn(lane: Lane): void {
    if (!isIdle(lane)) {
      if (!lane.parked) ready.add(lane);
    } else if (!lane.lagging || !perSubject) lanes.delete(lane.key);
    pump();
  }

  function takeDeadLetter(position: Position): Lane {
    const row = deadRowAt(position);
    const key = perSubject ? row.subject : position;
    let lane = lanes.get(key);
    if (!lane) {
      // Order `none`: nothing waits for this event, and so neither does the floor.
      lane = createLane(key, row.subject, position);
      lane.lagging = true;
      lanes.set(key, lane);
    }
    lane.parked = false;
    return lane;
  }

  function deadRowAt(position: Position): DeadRow {
    if (state !== 'open') throw new ChannelClosed();
    const row = book.dead.get(position);
    if (!row || replaying.has(position)) throw new NoSuchDeadLetter(durable, position);
    return row;
  }

  function floor(): Position {
    return floorOf(lanes, cursor.position - 1);
  }

  /** Under order `stream` nothing passes a dead letter. */
  function mayDeliver(): boolean {
    const stopped = order === 'stream' && book.dead.size > replaying.size;
    return state === 'open' && inDelivery < maxInDelivery && !stopped;
  }

  async function eventAt(position: Position, subject: Subject): Promise<Recorded> {
    const { rows } = await log.page(subject, position, position, 1);
    return toRecorded(stream, rows[0]!);
  }

  async function close(): Promise<void> {
    state = 'closing';
    cursor.stop();
    for (const lane of lanes.values()) lane.inDelivery?.stop();
    if (running > 0) await new Promise<void>((resolve) => (whenIdle = resolve));
    state = 'closed';
    await book.flush();
  }
}
