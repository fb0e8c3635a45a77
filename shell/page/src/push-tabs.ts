/** A pushed browser event. */
export interface Pushed {
  readonly type: string;
  readonly detail: unknown;
}

/** What tabs that share one stream say to each other. Positions are decimal text. */
export type TabMessage =
  /** A follower wants to know what came after `from`. */
  | { readonly kind: 'hello'; readonly tab: string; readonly asking: number; readonly from: string | null }
  /** For one follower: what it missed, up to `at`; `isReset` = more than the leader still has. */
  | {
      readonly kind: 'welcome';
      readonly tab: string;
      /** The hello that this answers. */
      readonly asking: number;
      readonly missed: readonly { readonly id: string; readonly pushed: Pushed }[];
      readonly at: string | null;
      readonly isReset: boolean;
    }
  /** There is a new leader; everybody says hello to it. */
  | { readonly kind: 'leading' }
  /** Handed on from the stream; `pushed` null = messages may have been missed. */
  | { readonly kind: 'message'; readonly id: string; readonly pushed: Pushed | null };

/** The other tabs of the same audience. */
export interface Tabs {
  /** This tab, for as long as it is open. */
  readonly id: string;
  send(message: TabMessage): void;
  receive(listener: (message: TabMessage) => void): void;
  /** Calls back when this tab holds the lock, which it keeps until the signal aborts or the tab is gone. */
  whenLeader(lead: () => void): void;
}

/** A browser without locks or channels gets a lonely tab, which leads itself. */
export const openTabs = (name: string, signal: AbortSignal): Tabs => {
  const id = String(Math.random());
  if (typeof BroadcastChannel !== 'function' || !navigator.locks) {
    return { id, send: () => {}, receive: () => {}, whenLeader: (lead) => lead() };
  }
  const channel = new BroadcastChannel(name);
  signal.addEventListener('abort', () => channel.close());
  return {
    id,
    send: (message) => channel.postMessage(message),
    receive: (listener) => channel.addEventListener('message', ({ data }) => listener(data as TabMessage), { signal }),
    whenLeader: (lead) => {
      const hold = () =>
        new Promise<void>((release) => {
          if (signal.aborted) return release();
          signal.addEventListener('abort', () => release());
          lead();
        });
      navigator.locks.request(name, { signal }, hold).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    },
  };
};
