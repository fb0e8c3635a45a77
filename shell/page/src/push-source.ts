/** A pushed browser event. */
export interface Pushed {
  readonly type: string;
  readonly detail: unknown;
}

/** What a stream says, each with the position up to which everything was said. */
export interface SourceListener {
  /** `undefined` = something that is no browser event, which counts as said. */
  readonly message: (id: string, pushed: Pushed | undefined) => void;
  /** Of the moment only: kept by nobody, so it has no position. */
  readonly now: (pushed: Pushed | undefined) => void;
  /** Nothing was missed up to here. */
  readonly beat: (id: string) => void;
  /** Messages may have been missed; from now on positions are those of the log with this name. */
  readonly reset: (id: string, epoch: string | null) => void;
  /** The session behind the page is over. */
  readonly ended: () => void;
}

const firstWaitMs = 2_000;
const lastWaitMs = 60_000;

export interface SourceOptions {
  /** Where to begin, asked for each new connection. */
  readonly address: () => string;
  /** A connection that says nothing for so long is given up, in milliseconds. */
  readonly silenceMs: number;
  readonly signal: AbortSignal;
}

/**
 * Reads a stream until `signal` aborts: over refusals, which EventSource does not survive by itself, over connections
 * that are dead without a word, and over gaps.
 */
export const readSource = ({ address, silenceMs, signal }: SourceOptions, listener: SourceListener): void => {
  let wait = firstWaitMs;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource | undefined;
  /** Id of what came last over this connection, or before it. */
  let lastId: string | undefined;

  const stop = (): void => {
    clearTimeout(retry);
    clearTimeout(silence);
    source?.close();
  };
  const open = (): void => {
    stop();
    heard();
    const own = new EventSource(address());
    source = own;
    lastId = undefined;
    /** What comes from a connection that was given up is heard by nobody. */
    const on = (type: string, hear: (event: MessageEvent<string>) => void): void =>
      own.addEventListener(type, (event) => {
        if (own !== source || signal.aborted) return;
        heard();
        hear(event as MessageEvent<string>);
      });
    on('open', () => (wait = firstWaitMs));
    on('message', ({ lastEventId, data }) => {
      lastId = lastEventId;
      listener.message(lastEventId, pushedIn(data));
    });
    on('now', ({ data }) => listener.now(pushedIn(data)));
    on('beat', ({ lastEventId, data }) => {
      const isGap = lastId !== undefined && lastId !== data;
      if (isGap) return open();
      lastId = lastEventId;
      listener.beat(lastEventId);
    });
    on('reset', ({ lastEventId, data }) => {
      listener.reset(lastEventId, epochIn(data));
      // The address names the log of before: EventSource would come back with it.
      open();
    });
    on('end', () => {
      stop();
      listener.ended();
    });
    own.onerror = () => {
      if (own !== source || own.readyState !== EventSource.CLOSED) return;
      clearTimeout(silence);
      retry = setTimeout(open, wait * (0.5 + Math.random()));
      wait = Math.min(wait * 2, lastWaitMs);
    };
  };
  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(open, silenceMs);
  };

  signal.addEventListener('abort', stop);
  window.addEventListener('online', () => source?.readyState !== EventSource.OPEN && open(), { signal });
  open();
};

/** What a message carries, if it is a browser event. Whether its detail is what the type promises, receivers check. */
const pushedIn = (data: string): Pushed | undefined => {
  const { type, detail } = jsonIn(data);
  const isEvent =
    typeof type === 'string' && /^[a-z]+:[a-z-]+$/.test(type) && typeof detail === 'object' && detail !== null;
  return isEvent ? { type, detail } : undefined;
};

const epochIn = (data: string): string | null => {
  const { epoch } = jsonIn(data);
  return typeof epoch === 'string' ? epoch : null;
};

const jsonIn = (data: string): Readonly<Record<string, unknown>> => {
  try {
    const value = JSON.parse(data) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};
