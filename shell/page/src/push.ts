import type { PushData } from './page-data.ts';
import { openTabs, type Pushed, type TabMessage } from './push-tabs.ts';

/** Where pushed messages go. */
export interface PushOptions extends PushData {
  readonly deliver: (pushed: Pushed) => void;
  /** Messages may have been missed. */
  readonly reset: () => void;
  readonly signal?: AbortSignal;
  /** @default 500 messages kept for tabs that open later */
  readonly keep?: number;
}

/**
 * Delivers every pushed message once to this tab. All tabs of one audience share one stream: the tab that holds the
 * lock reads it and hands each message on; when that tab goes, the next one continues after the last position handed
 * on. A tab that cannot be given what it missed is reset instead, so nothing is lost in silence.
 */
export const startPush = ({ signal, ...options }: PushOptions): void => {
  if (signal?.aborted) return;
  let session: AbortController | undefined;
  let position = options.position;
  const open = (): void => {
    session ??= new AbortController();
    connect({ ...options, position }, session.signal, (next) => (position = next));
  };
  const close = (): void => {
    session?.abort();
    session = undefined;
  };
  // A page in the back/forward cache must hold neither stream nor lock; when it comes back it asks for what it missed.
  window.addEventListener('pagehide', close, { signal });
  window.addEventListener('pageshow', (event) => event.persisted && open(), { signal });
  signal?.addEventListener('abort', close);
  open();
};

const connect = (
  { url, position: start, audience = '', deliver, reset, keep = 500 }: Omit<PushOptions, 'signal'>,
  signal: AbortSignal,
  moved: (position: string) => void,
): void => {
  const tabs = openTabs(`souk-push:${audience}`, signal);
  /** Everything up to here is known to this tab; what comes again is ignored. */
  let own = toPosition(start);
  /** Everything up to here was handed on to all tabs: where the next leader starts. */
  let handedOn = own;
  let leading = false;
  /** Counts the hellos: an answer to an earlier one says again, or less well, what the answer to the last one says. */
  let asking = 0;
  /** Until the leader has said what this tab missed, a later message must not move its position. */
  let welcomed = false;
  /** What the leader can still give to a tab that comes later: all messages after `keptFrom`. */
  const kept: { readonly id: string; readonly pushed: Pushed }[] = [];
  let keptFrom = own;

  const move = (to: bigint | null): void => {
    if (to === null || (own !== null && to <= own)) return;
    own = to;
    moved(String(own));
  };

  const take = (id: string, pushed: Pushed | null): void => {
    const at = toPosition(id);
    if (pushed && at !== null && own !== null && at <= own) return;
    move(at);
    if (pushed) deliver(pushed);
    else reset();
  };

  const handOn = (id: string, pushed: Pushed | null): void => {
    handedOn = toPosition(id) ?? handedOn;
    if (pushed) kept.push({ id, pushed });
    while (kept.length > (pushed ? keep : 0)) keptFrom = toPosition(kept.shift()!.id);
    if (!pushed) keptFrom = handedOn;
    tabs.send({ kind: 'message', id, pushed });
    take(id, pushed);
  };

  const lead = (): void => {
    leading = true;
    keptFrom = handedOn;
    tabs.send({ kind: 'leading' });
    readStream(url, () => textOf(handedOn), signal, handOn);
  };

  const welcome = ({ tab, asking: answered, from }: Extract<TabMessage, { kind: 'hello' }>): void => {
    const since = toPosition(from);
    const isCovered = since !== null && keptFrom !== null && since >= keptFrom;
    const missed = isCovered ? kept.filter(({ id }) => (toPosition(id) ?? 0n) > since) : [];
    const isReset = since !== null && !isCovered;
    tabs.send({ kind: 'welcome', tab, asking: answered, missed, at: textOf(handedOn), isReset });
  };

  const join = (): void => {
    welcomed = false;
    tabs.send({ kind: 'hello', tab: tabs.id, asking: ++asking, from: textOf(own) });
  };

  const follow = (message: TabMessage): void => {
    if (message.kind === 'leading') return join();
    if (message.kind === 'welcome' && message.tab === tabs.id && message.asking === asking) {
      welcomed = true;
      for (const { id, pushed } of message.missed) take(id, pushed);
      handedOn = toPosition(message.at);
      move(handedOn);
      if (message.isReset) reset();
    }
    if (message.kind === 'message' && welcomed) {
      handedOn = toPosition(message.id) ?? handedOn;
      take(message.id, message.pushed);
    }
  };

  tabs.receive((message) => {
    if (!leading) return follow(message);
    if (message.kind === 'hello') welcome(message);
  });
  join();
  tabs.whenLeader(lead);
};

/** Reads the stream until `signal` aborts, also over refusals, which EventSource does not survive by itself. */
const readStream = (
  url: string,
  after: () => string | null,
  signal: AbortSignal,
  receive: (id: string, pushed: Pushed | null) => void,
): void => {
  let wait = firstWaitMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource | undefined;
  const open = (): void => {
    const from = after();
    source = new EventSource(from === null ? url : `${url}?after=${from}`);
    source.onopen = () => (wait = firstWaitMs);
    source.onmessage = ({ lastEventId, data }) => receive(lastEventId, JSON.parse(data) as Pushed);
    source.addEventListener('reset', ({ lastEventId }) => receive(lastEventId, null));
    source.onerror = () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, wait * (0.5 + Math.random()));
      wait = Math.min(wait * 2, lastWaitMs);
    };
  };
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    source?.close();
  });
  open();
};

const firstWaitMs = 2000;
const lastWaitMs = 60_000;

const textOf = (position: bigint | null): string | null => (position === null ? null : String(position));

const toPosition = (text: string | null): bigint | null => (text && /^\d+$/.test(text) ? BigInt(text) : null);
