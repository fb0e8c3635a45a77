import type { Pushed } from './push-source.ts';

/** What tabs that share one stream say to each other. Positions are decimal text; `epoch` names the log they count in. */
export type TabMessage =
  /** A follower wants to know what came after `from`. */
  | {
      readonly kind: 'hello';
      readonly tab: string;
      readonly asking: number;
      readonly from: string | null;
      readonly epoch: string | null;
    }
  /** For one follower: what it missed, up to `at`; `isReset` = more than the leader still has. */
  | {
      readonly kind: 'welcome';
      readonly tab: string;
      /** The hello that this answers. */
      readonly asking: number;
      readonly missed: readonly { readonly id: string; readonly pushed: Pushed }[];
      readonly at: string | null;
      readonly epoch: string | null;
      readonly isReset: boolean;
    }
  /** There is a new leader; everybody says hello to it. */
  | { readonly kind: 'leading' }
  /** The leader is there, whatever becomes of its stream. */
  | { readonly kind: 'alive' }
  /** Handed on from the stream. */
  | { readonly kind: 'message'; readonly id: string; readonly pushed: Pushed | undefined }
  /** Of the moment only, handed on from the stream. */
  | { readonly kind: 'now'; readonly pushed: Pushed }
  /** Nothing was missed up to here. */
  | { readonly kind: 'beat'; readonly id: string }
  /** Messages may have been missed. */
  | { readonly kind: 'reset'; readonly id: string; readonly epoch: string | null }
  /** The session is over. */
  | { readonly kind: 'ended' };

/** The other tabs of the same audience. */
export interface Tabs {
  /** This tab, for as long as it is open. */
  readonly id: string;
  send(message: TabMessage): void;
  receive(listener: (message: TabMessage) => void): void;
  /**
   * Calls back when this tab holds the lock, which it keeps until `signal` aborts, the tab is gone, or another tab
   * takes it: then `lost` aborts, and this tab stands in line again.
   */
  whenLeader(lead: (lost: AbortSignal) => void): void;
  /** Takes the lock from a tab that holds it and does nothing, such as a frozen one. */
  takeOver(): void;
}

/** A browser without locks or channels gets a lonely tab, which leads itself. */
export const openTabs = (name: string, signal: AbortSignal): Tabs => {
  const id = String(Math.random());
  if (typeof BroadcastChannel !== 'function' || !navigator.locks) {
    return { id, send: () => {}, receive: () => {}, whenLeader: (lead) => lead(signal), takeOver: () => {} };
  }
  const channel = new BroadcastChannel(name);
  signal.addEventListener('abort', () => channel.close());
  let lead: (lost: AbortSignal) => void = () => {};
  let inLine = new AbortController();

  const request = (options: LockOptions, gaveUp: AbortSignal): void => {
    const tenure = new AbortController();
    const hold = () =>
      new Promise<void>((release) => {
        if (signal.aborted) return release();
        signal.addEventListener('abort', () => release());
        lead(tenure.signal);
      });
    navigator.locks.request(name, options, hold).catch((error: unknown) => {
      tenure.abort();
      if (signal.aborted || gaveUp.aborted) return;
      if (!(error instanceof DOMException) || error.name !== 'AbortError') throw error;
      standInLine();
    });
  };
  const standInLine = (): void => {
    inLine = new AbortController();
    request({ signal: AbortSignal.any([signal, inLine.signal]) }, inLine.signal);
  };

  return {
    id,
    send: (message) => channel.postMessage(message),
    receive: (listener) => channel.addEventListener('message', ({ data }) => listener(data as TabMessage), { signal }),
    whenLeader(callback) {
      lead = callback;
      standInLine();
    },
    takeOver() {
      inLine.abort();
      request({ steal: true }, signal);
    },
  };
};
