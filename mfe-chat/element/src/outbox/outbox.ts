import type { Posted } from '@souk/chat-api';
import { ChatApiFailed } from '../api-client.ts';
import type { Outgoing } from '../thread-state.ts';
import { rememberUnsent } from './unsent.ts';
import { browserStore, memoryStore, type OutboxStore } from './outbox-store.ts';

/** Messages on their way: kept until the server has them, sent one after the other, by one tab at a time. */
export interface Outbox {
  /** Resolves when the message is kept: from then on it will be sent, also after a reload. */
  add(message: Outgoing): Promise<void>;
  /** Sends at once what waits. */
  retry(clientMsgId: string): Promise<void>;
  discard(clientMsgId: string): Promise<void>;
}

export interface OutboxOptions {
  /** Whose messages; `undefined` = kept only as long as the page, for who is not known. */
  readonly owner: string | undefined;
  readonly post: (message: Outgoing, signal: AbortSignal) => Promise<Posted>;
  /** What is on its way now, in order; also when another tab has changed it. */
  readonly changed: (messages: readonly Outgoing[]) => void;
  /** One has arrived, from this tab or from another. */
  readonly sent: (message: Outgoing, posted: Posted) => void;
  readonly signal: AbortSignal;
}

type TabMessage =
  { readonly kind: 'changed' } | { readonly kind: 'sent'; readonly message: Outgoing; readonly posted: Posted };

const firstWaitMs = 2000;
const lastWaitMs = 30_000;
/** What the server will say again, however often it is asked. */
const refusals: readonly number[] = [400, 403, 404, 409, 413, 422];

/**
 * Opens the outbox and goes on with what is in it, until `signal` aborts. The same message may be posted twice, as after a
 * reload: its clientMsgId makes that one message.
 */
export function openOutbox({ owner, post, changed, sent, signal }: OutboxOptions): Outbox {
  let store: OutboxStore = owner === undefined ? memoryStore() : browserStore(owner);
  const name = `souk-chat-outbox:${owner}`;
  const tabs = owner === undefined || typeof BroadcastChannel !== 'function' ? undefined : new BroadcastChannel(name);
  let wake = () => {};
  let sending: Promise<void> | undefined;

  async function all(): Promise<readonly Outgoing[]> {
    try {
      return await store.all();
    } catch {
      // Without a database, as in some private windows, messages live as long as the page.
      store = memoryStore();
      return [];
    }
  }
  async function put(message: Outgoing): Promise<void> {
    try {
      await store.put(message);
    } catch {
      store = memoryStore();
      await store.put(message);
    }
  }
  async function tell(): Promise<void> {
    const messages = await all();
    if (signal.aborted) return;
    changed(messages);
    tabs?.postMessage({ kind: 'changed' } satisfies TabMessage);
    rememberUnsent(owner, messages.length > 0);
  }

  /** Sends until nothing is left. Only what the server refuses for good is passed over: the rest stays in order. */
  async function drain(): Promise<void> {
    for (let waitMs = firstWaitMs; !signal.aborted;) {
      const next = (await all()).find((message) => !message.refused);
      if (!next) return;
      try {
        const posted = await post(next, signal);
        await store.remove(next.clientMsgId);
        tabs?.postMessage({ kind: 'sent', message: next, posted } satisfies TabMessage);
        sent(next, posted);
        waitMs = firstWaitMs;
        await tell();
      } catch (error) {
        if (signal.aborted) return;
        const { status = 0, detail } = error instanceof ChatApiFailed ? error : {};
        const refused = refusals.includes(status);
        // Who is offline is told so elsewhere: the message just waits.
        const state = status === 0 ? 'waiting' : 'failed';
        await put({ ...next, state, refused, ...(detail === undefined ? {} : { reason: detail }) });
        await tell();
        if (refused) continue;
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, waitMs);
          wake = () => (clearTimeout(timer), resolve());
        });
        waitMs = Math.min(2 * waitMs, lastWaitMs);
      }
    }
  }
  function send(): void {
    if (sending || signal.aborted) return;
    const run = navigator.locks && owner !== undefined ? navigator.locks.request(name, { signal }, drain) : drain();
    sending = Promise.resolve(run)
      .catch((error: unknown) => {
        if (!signal.aborted) throw error;
      })
      .finally(async () => {
        sending = undefined;
        // What was added while the last one was on its way out.
        if (!signal.aborted && (await all()).some((message) => !message.refused)) send();
      });
  }

  tabs?.addEventListener(
    'message',
    ({ data }: MessageEvent<TabMessage>) => {
      if (data.kind === 'sent') sent(data.message, data.posted);
      else void all().then((messages) => signal.aborted || (changed(messages), messages.length > 0 && send()));
    },
    { signal },
  );
  window.addEventListener('online', () => wake(), { signal });
  // A page in the back/forward cache must hold no lock.
  signal.addEventListener('abort', () => (wake(), tabs?.close()), { once: true });
  void all().then((messages) => {
    if (signal.aborted) return;
    changed(messages);
    if (messages.length > 0) send();
  });

  return {
    async add(message) {
      await put({ ...message, state: 'waiting' });
      await tell();
      send();
    },
    async retry(clientMsgId) {
      const message = (await all()).find((one) => one.clientMsgId === clientMsgId);
      if (!message) return;
      const { reason: _reason, refused: _refused, ...again } = message;
      await put({ ...again, state: 'waiting' });
      await tell();
      wake();
      send();
    },
    async discard(clientMsgId) {
      await store.remove(clientMsgId);
      await tell();
    },
  };
}
