import { AckPolicy, DeliverPolicy, ReplayPolicy } from '@nats-io/jetstream';
import { createInbox, type Msg, type Subscription } from '@nats-io/transport-node';
import type { StoredCommit } from './commit-message.ts';
import { delay, type Connection } from './connection.ts';

/** Reads a stream of the server in order, without gaps, as far as the reader keeps up. */
export interface OrderedPull {
  /**
   * The next messages, at least one; waits for them as long as it takes.
   * @returns `[]` when it is closed
   */
  next(): Promise<readonly StoredCommit[]>;
  /** How many matching messages were behind the last one at the time the server sent it; `undefined` before that. */
  readonly behind: number | undefined;
  close(): void;
}

export interface PullOptions {
  readonly stream: string;
  readonly filter: string;
  /** Sequence of the first message, inclusive. */
  readonly from: number;
  toSubject(subject: string): string;
}

/** Messages asked for at one time, and so the most that one reader keeps in memory. */
const batch = 256;
const expiresMs = 30_000;
const heartbeatMs = 5_000;
/** A reader that is slower than this from batch to batch has its consumer made anew. */
const inactiveMs = 60_000;
const nanosPerMs = 1_000_000;

/** Everything is said, because the defaults of client and server differ. */
const ephemeral = {
  ack_policy: AckPolicy.None,
  deliver_policy: DeliverPolicy.StartSequence,
  replay_policy: ReplayPolicy.Instant,
  max_deliver: 1,
  inactive_threshold: inactiveMs * nanosPerMs,
  mem_storage: true,
  num_replicas: 1,
} as const;

/**
 * An ordered consumer: one without acks that the server may forget at any time. Whatever goes wrong (a gap, a lost
 * connection, a dead server, silence), another one is made that begins behind the last message that was received.
 */
export function startOrderedPull({ nc, jsm, ask, onReconnect }: Connection, options: PullOptions): OrderedPull {
  const { stream, filter, toSubject } = options;
  let nextSequence = options.from;
  let received: StoredCommit[] = [];
  let behind: number | undefined;
  let closed = false;
  let wake: (() => void) | undefined;
  /** The consumer that is read from now; messages of an earlier one are not listened to. */
  let source: Source | undefined;
  const stopListening = onReconnect(() => renew(source));

  void make();
  return {
    async next() {
      while (received.length === 0 && !closed) {
        source?.pullMore();
        await new Promise<void>((resolve) => (wake = resolve));
      }
      if (closed) return [];
      const messages = received;
      received = [];
      return messages;
    },
    get behind() {
      return behind;
    },
    close() {
      if (closed) return;
      closed = true;
      stopListening();
      source?.stop();
      wake?.();
    },
  };

  async function make(): Promise<void> {
    for (let tries = 0; !closed; tries++) {
      try {
        const config = { ...ephemeral, filter_subject: filter, opt_start_seq: nextSequence };
        const { name, num_pending: pending } = await ask(() => jsm.consumers.add(stream, config));
        behind ??= pending;
        if (closed) return void jsm.consumers.delete(stream, name).catch(() => undefined);
        source = createSource(name);
        if (received.length === 0) source.pullMore();
        wake?.();
        return;
      } catch {
        await delay(Math.min(50 * 2 ** tries, 2_000));
      }
    }
  }

  function renew(broken: Source | undefined): void {
    if (!broken || broken !== source || closed) return;
    source = undefined;
    broken.stop();
    void make();
  }

  interface Source {
    /** Asks for another batch, when the last one has come in full or its time is over. */
    pullMore(): void;
    stop(): void;
  }

  function createSource(name: string): Source {
    const inbox = createInbox();
    let delivered = 0;
    /** Messages that were asked for and have not come. */
    let expected = 0;
    let silence: NodeJS.Timeout | undefined;
    const subscription: Subscription = nc.subscribe(inbox, { callback: (error, message) => hear(error, message) });

    const self: Source = {
      pullMore() {
        if (expected > 0) return;
        expected = batch;
        const request = { batch, expires: expiresMs * nanosPerMs, idle_heartbeat: heartbeatMs * nanosPerMs };
        nc.publish(`$JS.API.CONSUMER.MSG.NEXT.${stream}.${name}`, JSON.stringify(request), { reply: inbox });
        listen();
      },
      stop() {
        clearTimeout(silence);
        if (nc.isClosed()) return;
        subscription.unsubscribe();
        jsm.consumers.delete(stream, name).catch(() => undefined);
      },
    };
    return self;

    function hear(error: Error | null, message: Msg): void {
      if (error) return renew(self);
      if (message.subject === inbox) hearStatus(message);
      else hearMessage(message);
    }

    function hearMessage(message: Msg): void {
      const place = placeOf(message.reply ?? '');
      if (place?.delivery !== delivered + 1) return renew(self);
      delivered++;
      expected--;
      behind = place.behind;
      nextSequence = place.sequence + 1;
      received.push({ sequence: place.sequence, subject: toSubject(message.subject), data: message.data });
      if (expected > 0) listen();
      else clearTimeout(silence);
      wake?.();
    }

    function hearStatus({ headers: status }: Msg): void {
      if (status?.code === 100) return listen();
      // 408: its time is over, which is no fault. Anything else: the consumer or its server is gone.
      if (status?.code !== 408) return renew(self);
      expected = 0;
      clearTimeout(silence);
      if (received.length === 0) self.pullMore();
    }

    /** Two heartbeats missed: nobody is there. */
    function listen(): void {
      clearTimeout(silence);
      silence = setTimeout(() => renew(self), 2.5 * heartbeatMs).unref();
    }
  }
}

/** Reads the place of a message from its reply subject: `$JS.ACK.[domain.account.]stream.consumer.n.seq.delivery.time.behind[.token]`. */
function placeOf(reply: string): { sequence: number; delivery: number; behind: number } | undefined {
  const tokens = reply.split('.');
  const at = tokens.length === 9 ? 2 : 4;
  if (tokens[0] !== '$JS' || tokens[1] !== 'ACK') return undefined;
  return { sequence: Number(tokens[at + 3]), delivery: Number(tokens[at + 4]), behind: Number(tokens[at + 6]) };
}
