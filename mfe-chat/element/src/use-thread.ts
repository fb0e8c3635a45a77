import type { Conversation, Message } from '@souk/chat-api';
import { ChatMessageReceived, ChatReceiptChanged, ShellPushReset, listen } from '@souk/shared-events/browser';
import { computed, onUnmounted, shallowRef } from 'vue';
import { chatApi } from './api-client.ts';
import { forgetOtherDrafts } from './draft.ts';
import { newId } from './new-id.ts';
import { openOutbox, type Outbox } from './outbox/outbox.ts';
import { forgetOthers } from './outbox/outbox-store.ts';
import { postOutgoing } from './outbox/post-outgoing.ts';
import { knownOwnId, rememberOwnId } from './own-id.ts';
import type { Thread, ThreadOptions } from './thread.ts';
import {
  contiguousEnd,
  furthest,
  lastFromOthers,
  mergeMessages,
  stillOutgoing,
  type Outgoing,
  type Receipt,
} from './thread-state.ts';

const pageSize = 40;

/** Fetches of one catching up, each waiting twice as long as the one before: some 12 s in all. */
const catchUpAttempts = 7;
const firstWaitMs = 100;

/** A message that is being read is not told to be delivered first, in milliseconds. */
const tellAfterMs = 1000;

/** Opens a thread for as long as the component that calls this lives. */
export function useThread({ side, conversationId }: ThreadOptions): Thread {
  const living = new AbortController();
  const { signal } = living;
  onUnmounted(() => living.abort());

  const status = shallowRef<'loading' | 'ready' | 'failed'>('loading');
  const messages = shallowRef<readonly Message[]>([]);
  const kept = shallowRef<readonly Outgoing[]>([]);
  const id = shallowRef(conversationId);
  const draftOwner = shallowRef(conversationId && `${side}:${conversationId}`);
  const receipt = shallowRef<Receipt>({ deliveredUpTo: 0, readUpTo: 0 });
  const hasOlder = shallowRef(false);
  const loadingOlder = shallowRef(false);
  let readUpTo = 0;
  let wantedSeq = 0;
  let toldUpTo = 0;
  let catchingUp: Promise<void> | undefined;
  let outbox: Outbox | undefined;

  function take(more: readonly Message[], conversation?: Conversation): void {
    messages.value = mergeMessages(messages.value, more);
    if (!conversation) return;
    id.value = conversation.conversationId;
    readUpTo = Math.max(readUpTo, side === 'staff' ? conversation.readByStaff : conversation.readByShopper);
    const { deliveredToStaff, deliveredToShopper, readByStaff, readByShopper } = conversation;
    noteReceipt(
      side === 'shopper'
        ? { deliveredUpTo: deliveredToStaff, readUpTo: readByStaff }
        : { deliveredUpTo: deliveredToShopper, readUpTo: readByShopper },
    );
    setTimeout(tellDelivered, tellAfterMs);
  }

  function noteReceipt(more: Receipt): void {
    receipt.value = furthest(receipt.value, more);
  }

  /** What has been read by then needs no word. */
  function tellDelivered(): void {
    const upTo = lastFromOthers(messages.value, side);
    if (signal.aborted || id.value === undefined || upTo <= Math.max(readUpTo, toldUpTo)) return;
    toldUpTo = upTo;
    chatApi.delivered(id.value, { upTo, to: side }).catch(() => (toldUpTo = 0));
  }

  /** Opened when it is known whose messages are in it: those of somebody else at this browser must not be sent. */
  function openFor(owner: string | undefined): void {
    draftOwner.value ??= owner;
    outbox ??= openOutbox({
      ...{ owner, signal },
      post: (message, until) => postOutgoing(message, side === 'staff' ? id.value : undefined, until),
      changed: (more) => (kept.value = more),
      sent({ clientMsgId, text, about, card, attachments, at }, { conversationId: where, messageId, seq }) {
        id.value = where;
        const said = {
          text: text.trim(),
          about,
          ...(card ? { card } : {}),
          ...(attachments ? { attachments: [...attachments] } : {}),
        };
        take([{ messageId, seq, clientMsgId, from: side, ...said, at }]);
        if (contiguousEnd(messages.value) < seq) void catchUp(seq);
      },
    });
  }

  async function load(): Promise<void> {
    // What is on its way stays in sight, as with the first message, whose echo may be faster than its answer.
    if (messages.value.length + kept.value.length === 0) status.value = 'loading';
    try {
      const own = side === 'shopper' && id.value === undefined ? await chatApi.conversation(signal) : undefined;
      if (own) {
        rememberOwnId(own.ownId);
        forgetOtherDrafts(own.ownId);
        // Where there is no database, there is nothing to forget.
        forgetOthers(own.ownId).catch(() => {});
      }
      if (own?.conversation) id.value = own.ownId;
      openFor(own?.ownId ?? (side === 'shopper' ? id.value : undefined));
      if (id.value !== undefined) {
        const page = await chatApi.messages(id.value, { limit: pageSize }, signal);
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
      if (signal.aborted) return;
      if (messages.value.length === 0) status.value = 'failed';
      openFor(side === 'shopper' ? knownOwnId() : undefined);
    }
  }

  /** A customer goes on in the conversation that was brought along at another browser. Staff hear of other shoppers' here too. */
  async function goOnIn(conversationId: string): Promise<void> {
    const own = await chatApi.conversation(signal).catch(() => undefined);
    if (own?.ownId !== conversationId || conversationId === id.value) return;
    id.value = undefined;
    messages.value = [];
    receipt.value = { deliveredUpTo: 0, readUpTo: 0 };
    readUpTo = wantedSeq = toldUpTo = 0;
    await load();
  }

  /** Fetches what is new until the wanted seq is here: the push may be faster than the view behind the API. */
  async function fetchNew(): Promise<void> {
    for (let attempt = 0; attempt < catchUpAttempts && contiguousEnd(messages.value) < wantedSeq; attempt++) {
      if (attempt > 0) await wait(firstWaitMs * 2 ** (attempt - 1), signal);
      try {
        let more = true;
        while (more && id.value !== undefined) {
          const page = await chatApi.messages(
            id.value,
            { after: contiguousEnd(messages.value), limit: pageSize },
            signal,
          );
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
    if (id.value === undefined || messages.value.length === 0) return load();
    return (catchingUp ??= fetchNew().finally(() => (catchingUp = undefined)));
  }

  listen(
    ChatMessageReceived,
    (detail) => {
      if (id.value === undefined && side === 'staff') return;
      if (id.value !== undefined && detail.conversationId !== id.value) {
        if (side === 'shopper') void goOnIn(detail.conversationId);
        return;
      }
      if (detail.seq > contiguousEnd(messages.value)) void catchUp(detail.seq);
    },
    { signal },
  );
  listen(
    ChatReceiptChanged,
    ({ by, conversationId: where, ...more }) => {
      if (by !== side && where === id.value) noteReceipt(more);
    },
    { signal },
  );
  listen(ShellPushReset, () => void load(), { signal });
  window.addEventListener('online', () => status.value === 'failed' && void load(), { signal });

  return {
    status,
    messages,
    id,
    draftOwner,
    receipt,
    outgoing: computed(() => stillOutgoing(kept.value, messages.value, side)),
    hasOlder,
    loadingOlder,
    lastFromOthers: computed(() => lastFromOthers(messages.value, side)),
    load,

    async loadOlder() {
      const first = messages.value[0];
      if (!first || id.value === undefined || loadingOlder.value || !hasOlder.value) return;
      loadingOlder.value = true;
      try {
        const page = await chatApi.messages(id.value, { before: first.seq, limit: pageSize }, signal);
        take(page.messages, page.conversation);
        hasOlder.value = page.hasOlder;
      } catch {
        // The button stays; pressing it asks again.
      } finally {
        loadingOlder.value = false;
      }
    },

    async send(said) {
      const at = new Date().toISOString();
      const message: Outgoing = { ...said, clientMsgId: newId(), at, state: 'waiting' };
      kept.value = [...kept.value, message];
      if (!outbox) await load();
      await outbox?.add(message);
    },

    retry: async (clientMsgId) => outbox?.retry(clientMsgId),

    discard: async (clientMsgId) => outbox?.discard(clientMsgId),

    async markRead() {
      const upTo = lastFromOthers(messages.value, side);
      if (id.value === undefined || upTo <= readUpTo) return undefined;
      const before = readUpTo;
      readUpTo = upTo;
      try {
        // What was read stays read for who goes on to the next conversation at once: this call outlives the thread.
        return (await chatApi.read(id.value, { upTo, by: side })).unread;
      } catch {
        readUpTo = Math.min(readUpTo, before);
        return undefined;
      }
    },
  };
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
