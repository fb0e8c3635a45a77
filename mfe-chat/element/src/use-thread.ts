import type { About, Conversation, Message } from '@souk/chat-api';
import { ChatMessageReceived, ShellPushReset, listen } from '@souk/shared-events/browser';
import { computed, onUnmounted, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { chatApi, ChatApiFailed } from './api-client.ts';
import { contiguousEnd, lastFromOthers, mergeMessages, stillOutgoing, type Outgoing } from './thread-state.ts';

/** A conversation on the screen: what is there, what is on its way, and what can be done. */
export interface Thread {
  readonly status: ShallowRef<'loading' | 'ready' | 'failed'>;
  readonly messages: ShallowRef<readonly Message[]>;
  readonly outgoing: ShallowRef<readonly Outgoing[]>;
  readonly hasOlder: ShallowRef<boolean>;
  readonly loadingOlder: ShallowRef<boolean>;
  /** Last seq that the other side has written. */
  readonly lastFromOthers: ComputedRef<number>;
  /** Loads from the start; also the answer to a failed load. */
  load(): Promise<void>;
  loadOlder(): Promise<void>;
  /** Shows the text at once and sends it; resolves when it has arrived or failed. */
  send(text: string, about: About | null): Promise<void>;
  /** Sends a failed message again under the same clientMsgId, so that it cannot arrive twice. */
  retry(clientMsgId: string): Promise<void>;
  discard(clientMsgId: string): void;
  /** Tells the server that this side has read everything; answers what is left unread, if anything changed. */
  markRead(): Promise<number | undefined>;
}

export interface ThreadOptions {
  readonly side: 'shopper' | 'staff';
  /** The conversation staff look at; a shopper has only one, which the server knows. */
  readonly conversationId?: string | undefined;
}

const pageSize = 40;

/** Fetches of one catching up, each waiting twice as long as the one before: some 12 s in all. */
const catchUpAttempts = 7;
const firstWaitMs = 100;

/** Opens a thread for as long as the component that calls this lives. */
export function useThread({ side, conversationId }: ThreadOptions): Thread {
  const living = new AbortController();
  const { signal } = living;
  onUnmounted(() => living.abort());

  const status = shallowRef<'loading' | 'ready' | 'failed'>('loading');
  const messages = shallowRef<readonly Message[]>([]);
  const outgoing = shallowRef<readonly Outgoing[]>([]);
  const hasOlder = shallowRef(false);
  const loadingOlder = shallowRef(false);
  let id = conversationId;
  let readUpTo = 0;
  let wantedSeq = 0;
  let catchingUp: Promise<void> | undefined;
  let sending: Promise<void> = Promise.resolve();

  function take(more: readonly Message[], conversation?: Conversation): void {
    messages.value = mergeMessages(messages.value, more);
    outgoing.value = stillOutgoing(outgoing.value, more, side);
    if (!conversation) return;
    id = conversation.conversationId;
    readUpTo = Math.max(readUpTo, side === 'staff' ? conversation.readByStaff : conversation.readByShopper);
  }

  async function load(): Promise<void> {
    if (messages.value.length === 0) status.value = 'loading';
    try {
      if (side === 'shopper') id ??= (await chatApi.conversation(signal)).conversation?.conversationId;
      if (id !== undefined) {
        const page = await chatApi.messages(id, { limit: pageSize }, signal);
        // After a long absence the newest page may not touch what is shown; then it replaces it.
        const touches = (page.messages[0]?.seq ?? 1) <= contiguousEnd(messages.value) + 1;
        if (!touches || messages.value.length === 0) {
          messages.value = [];
          hasOlder.value = page.hasOlder;
        }
        take(page.messages, page.conversation);
      }
      status.value = 'ready';
    } catch {
      if (!signal.aborted && messages.value.length === 0) status.value = 'failed';
    }
  }

  /** Fetches what is new until the wanted seq is here: the push may be faster than the view behind the API. */
  async function fetchNew(): Promise<void> {
    for (let attempt = 0; attempt < catchUpAttempts && contiguousEnd(messages.value) < wantedSeq; attempt++) {
      if (attempt > 0) await wait(firstWaitMs * 2 ** (attempt - 1), signal);
      try {
        let more = true;
        while (more && id !== undefined) {
          const page = await chatApi.messages(id, { after: contiguousEnd(messages.value), limit: pageSize }, signal);
          take(page.messages, page.conversation);
          more = page.hasNewer && page.messages.length > 0;
        }
      } catch {
        if (signal.aborted) return;
      }
    }
  }

  function catchUp(seq: number): Promise<void> {
    wantedSeq = Math.max(wantedSeq, seq);
    if (id === undefined || messages.value.length === 0) return load();
    return (catchingUp ??= fetchNew().finally(() => (catchingUp = undefined)));
  }

  async function deliver(message: Outgoing): Promise<void> {
    if (!outgoing.value.some(({ clientMsgId }) => clientMsgId === message.clientMsgId)) return;
    const { clientMsgId, text, about } = message;
    try {
      const posted = await chatApi.post(
        { clientMsgId, text, about, ...(side === 'staff' && id !== undefined ? { conversationId: id } : {}) },
        signal,
      );
      id = posted.conversationId;
      const { messageId, seq } = posted;
      take([{ messageId, seq, clientMsgId, from: side, text: text.trim(), about, at: message.at }]);
      if (contiguousEnd(messages.value) < seq) await catchUp(seq);
    } catch (error) {
      if (signal.aborted) return;
      const { status: code = 0, detail } = error instanceof ChatApiFailed ? error : {};
      const refused = code === 400 || code === 404 || code === 409 || code === 413;
      change(clientMsgId, {
        ...message,
        state: 'failed',
        refused,
        ...(detail === undefined ? {} : { reason: detail }),
      });
    }
  }

  function change(clientMsgId: string, to: Outgoing): void {
    outgoing.value = outgoing.value.map((message) => (message.clientMsgId === clientMsgId ? to : message));
  }

  /** One after the other, so that they arrive in the order they were written. */
  function enqueue(message: Outgoing): Promise<void> {
    return (sending = sending.then(() => deliver(message)));
  }

  listen(
    ChatMessageReceived,
    (detail) => {
      if (id === undefined ? side === 'staff' : detail.conversationId !== id) return;
      if (detail.seq > contiguousEnd(messages.value)) void catchUp(detail.seq);
    },
    { signal },
  );
  listen(ShellPushReset, () => void load(), { signal });

  return {
    status,
    messages,
    outgoing,
    hasOlder,
    loadingOlder,
    lastFromOthers: computed(() => lastFromOthers(messages.value, side)),
    load,

    async loadOlder() {
      const first = messages.value[0];
      if (!first || id === undefined || loadingOlder.value || !hasOlder.value) return;
      loadingOlder.value = true;
      try {
        const page = await chatApi.messages(id, { before: first.seq, limit: pageSize }, signal);
        take(page.messages, page.conversation);
        hasOlder.value = page.hasOlder;
      } catch {
        // The button stays; pressing it asks again.
      } finally {
        loadingOlder.value = false;
      }
    },

    send(text, about) {
      const message: Outgoing = { clientMsgId: newId(), text, about, at: new Date().toISOString(), state: 'sending' };
      outgoing.value = [...outgoing.value, message];
      return enqueue(message);
    },

    async retry(clientMsgId) {
      const failed = outgoing.value.find((message) => message.clientMsgId === clientMsgId);
      if (failed?.state !== 'failed') return;
      const { reason: _reason, refused: _refused, ...again } = failed;
      const message: Outgoing = { ...again, state: 'sending' };
      change(clientMsgId, message);
      await enqueue(message);
    },

    discard(clientMsgId) {
      outgoing.value = outgoing.value.filter((message) => message.clientMsgId !== clientMsgId);
    },

    async markRead() {
      const upTo = lastFromOthers(messages.value, side);
      if (id === undefined || upTo <= readUpTo) return undefined;
      const before = readUpTo;
      readUpTo = upTo;
      try {
        // What was read stays read for who goes on to the next conversation at once: this call outlives the thread.
        return (await chatApi.read(id, { upTo, by: side })).unread;
      } catch {
        readUpTo = Math.min(readUpTo, before);
        return undefined;
      }
    },
  };
}

/** `crypto.randomUUID` is missing on plain http outside of localhost. */
function newId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
