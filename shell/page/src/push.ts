import type { PushData } from './page-data.ts';
import { readSource, type Pushed } from './push-source.ts';
import { openTabs, type TabMessage } from './push-tabs.ts';

/** Where pushed messages go. */
export interface PushOptions extends PushData {
  readonly deliver: (pushed: Pushed) => void;
  /** Messages may have been missed. */
  readonly reset: () => void;
  /** The session of this page is over. */
  readonly ended?: () => void;
  readonly signal?: AbortSignal;
  /** @default 500 messages kept for tabs that open later */
  readonly keep?: number;
  /**
   * A stream, or a leader, that says nothing for so long is given up; the server beats twice in this time.
   * @default 15_000 milliseconds
   */
  readonly silenceMs?: number;
}

/** Up to where a tab knows everything, and in which log. */
interface Place {
  readonly position: string | null;
  readonly epoch: string | null;
}

/**
 * Delivers every pushed message once to this tab. All tabs of one audience share one stream: the tab that holds the
 * lock reads it and hands each message on; when that tab goes, or says nothing any more, another one continues after
 * the last position handed on. A tab that cannot be given what it missed is reset instead, so nothing is lost in
 * silence.
 */
export const startPush = ({ signal, ended, ...options }: PushOptions): void => {
  if (signal?.aborted) return;
  let session: AbortController | undefined;
  let place: Place = { position: options.position, epoch: options.epoch ?? null };
  const over = new AbortController();
  const stopped = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
  const open = (): void => {
    if (session || stopped.aborted) return;
    session = new AbortController();
    const end = (): void => {
      over.abort();
      ended?.();
    };
    connect({ ...options, ...place, ended: end }, session.signal, (next) => (place = next));
  };
  const close = (): void => {
    session?.abort();
    session = undefined;
  };
  // A page in the back/forward cache, or frozen, must hold neither stream nor lock: nobody would read them. When it
  // comes back it asks for what it missed.
  window.addEventListener('pagehide', close, { signal: stopped });
  window.addEventListener('pageshow', (event) => event.persisted && open(), { signal: stopped });
  document.addEventListener('freeze', close, { signal: stopped });
  document.addEventListener('resume', open, { signal: stopped });
  stopped.addEventListener('abort', close);
  open();
};

const connect = (
  options: Omit<PushOptions, 'signal'> & { readonly ended: () => void },
  signal: AbortSignal,
  moved: (place: Place) => void,
): void => {
  const { url, audience, deliver, reset, ended, keep = 500, silenceMs = 15_000 } = options;
  const tabs = openTabs(`souk-push:${audience ?? ''}`, signal);
  let epoch = options.epoch ?? null;
  /** Everything up to here is known to this tab; what comes again is ignored. */
  let own = toPosition(options.position);
  /** Everything up to here was handed on to all tabs: where the next leader starts. */
  let handedOn = own;
  /** Set as long as this tab leads. */
  let leading: AbortSignal | undefined;
  /** Counts the hellos: an answer to an earlier one says again, or less well, what the answer to the last one says. */
  let asking = 0;
  /** Until the leader has said what this tab missed, a later message must not move its position. */
  let welcomed = false;
  /** What the leader can still give to a tab that comes later: all messages after `keptFrom`. */
  let kept: { readonly id: string; readonly pushed: Pushed }[] = [];
  let keptFrom = own;

  const moveTo = (position: bigint | null): void => {
    own = position;
    moved({ position: textOf(own), epoch });
  };
  const move = (to: bigint | null): void => {
    if (to !== null && (own === null || to > own)) moveTo(to);
  };
  const take = (id: string, pushed: Pushed | undefined): void => {
    const at = toPosition(id);
    if (at !== null && own !== null && at <= own) return;
    move(at);
    if (pushed) deliver(pushed);
  };
  /** Goes on from a position, also backwards: positions of another log do not compare. */
  const restart = (id: string | null, of: string | null): void => {
    epoch = of ?? epoch;
    handedOn = toPosition(id);
    moveTo(handedOn);
    reset();
  };

  // As the leader.
  const address = (): string => {
    const query = new URLSearchParams();
    if (handedOn !== null) query.set('after', String(handedOn));
    if (epoch !== null) query.set('epoch', epoch);
    if (audience !== undefined) query.set('audience', audience);
    return query.size > 0 ? `${url}?${query}` : url;
  };
  const lead = (lost: AbortSignal): void => {
    leading = lost;
    keptFrom = handedOn;
    kept = [];
    watch.stop();
    tabs.send({ kind: 'leading' });
    const tenure = AbortSignal.any([signal, lost]);
    const alive = setInterval(() => tabs.send({ kind: 'alive' }), silenceMs / 3);
    tenure.addEventListener('abort', () => clearInterval(alive));
    lost.addEventListener('abort', () => {
      if (leading !== lost) return;
      leading = undefined;
      if (!signal.aborted) join();
    });
    readSource(
      { address, silenceMs, signal: tenure },
      {
        message(id, pushed) {
          handedOn = toPosition(id) ?? handedOn;
          if (pushed) kept.push({ id, pushed });
          while (kept.length > keep) keptFrom = toPosition(kept.shift()!.id);
          tabs.send({ kind: 'message', id, pushed });
          take(id, pushed);
        },
        now(pushed) {
          if (!pushed) return;
          tabs.send({ kind: 'now', pushed });
          deliver(pushed);
        },
        beat(id) {
          handedOn = toPosition(id) ?? handedOn;
          tabs.send({ kind: 'beat', id });
          move(handedOn);
        },
        reset(id, of) {
          kept = [];
          restart(id, of);
          keptFrom = handedOn;
          tabs.send({ kind: 'reset', id, epoch });
        },
        ended() {
          tabs.send({ kind: 'ended' });
          ended();
        },
      },
    );
  };
  const welcome = ({ tab, asking: answered, from, epoch: of }: Extract<TabMessage, { kind: 'hello' }>): void => {
    const since = toPosition(from);
    const isCovered = of === epoch && since !== null && keptFrom !== null && since >= keptFrom;
    const missed = isCovered ? kept.filter(({ id }) => (toPosition(id) ?? 0n) > since) : [];
    const isReset = since !== null && !isCovered;
    tabs.send({ kind: 'welcome', tab, asking: answered, missed, at: textOf(handedOn), epoch, isReset });
  };

  // As a follower.
  const join = (): void => {
    welcomed = false;
    watch.heard();
    tabs.send({ kind: 'hello', tab: tabs.id, asking: ++asking, from: textOf(own), epoch });
  };
  const follow = (message: TabMessage): void => {
    if (message.kind === 'hello') return;
    watch.heard();
    if (message.kind === 'leading') return join();
    if (message.kind === 'ended') return ended();
    if (message.kind === 'now') return deliver(message.pushed);
    if (message.kind === 'welcome' && message.tab === tabs.id && message.asking === asking) {
      welcomed = true;
      if (message.isReset) return restart(message.at, message.epoch);
      for (const { id, pushed } of message.missed) take(id, pushed);
      epoch = message.epoch;
      handedOn = toPosition(message.at);
      move(handedOn);
    }
    if (!welcomed) return;
    if (message.kind === 'reset') restart(message.id, message.epoch);
    if (message.kind !== 'message' && message.kind !== 'beat') return;
    handedOn = toPosition(message.id) ?? handedOn;
    take(message.id, message.kind === 'message' ? message.pushed : undefined);
  };
  const watch = watchLeader(tabs.takeOver, silenceMs, signal);

  tabs.receive((message) => {
    if (!leading) return follow(message);
    if (message.kind === 'hello') welcome(message);
  });
  join();
  tabs.whenLeader(lead);
};

/**
 * Takes the lead from a leader that says nothing any more. Only a tab that somebody sees does so: hidden ones may be
 * as slow as the leader, and would take it from each other.
 */
const watchLeader = (takeOver: () => void, silenceMs: number, signal: AbortSignal) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLate = false;
  const look = (): void => {
    if (!isLate || document.visibilityState !== 'visible') return;
    isLate = false;
    takeOver();
  };
  const watch = {
    stop() {
      clearTimeout(timer);
      isLate = false;
    },
    heard() {
      watch.stop();
      const late = (): void => {
        isLate = true;
        look();
      };
      // Not all at the same time: the first one tells the others that it leads.
      timer = setTimeout(late, silenceMs * (1 + Math.random() / 5));
    },
  };
  document.addEventListener('visibilitychange', look, { signal });
  signal.addEventListener('abort', watch.stop);
  return watch;
};

const textOf = (position: bigint | null): string | null => (position === null ? null : String(position));

const toPosition = (text: string | null): bigint | null => (text && /^\d+$/.test(text) ? BigInt(text) : null);
