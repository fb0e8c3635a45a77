import { ChatMessageReceived, ChatTypingChanged, listen } from '@souk/shared-events/browser';
import { onUnmounted, shallowRef, type ShallowRef } from 'vue';
import { chatApi } from './api-client.ts';

/** Who is typing, on both sides. */
export interface TypingSigns {
  /** The other side is typing. */
  readonly isOtherTyping: ShallowRef<boolean>;
  /** The person at this box has changed it. */
  typed(isEmpty: boolean): void;
  /** The person at this box has stopped: sent, gone elsewhere, or closed it. */
  stopped(): void;
}

export interface TypingOptions {
  readonly side: 'shopper' | 'staff';
  /** Asked each time: a shopper's conversation has no id that is known before it is loaded. */
  readonly conversationId: () => string | undefined;
}

/** It is said again so often while it goes on; the other side forgets it after twice that. */
const repeatMs = 3000;

/** Tells the other side when the person types, and hears when they do. It always ends: by word, by message, or by time. */
export function useTyping({ side, conversationId }: TypingOptions): TypingSigns {
  const living = new AbortController();
  const { signal } = living;
  const isOtherTyping = shallowRef(false);
  let forget: ReturnType<typeof setTimeout> | undefined;
  let rest: ReturnType<typeof setTimeout> | undefined;
  let saying: Promise<void> = Promise.resolve();
  let saidAt = Number.NEGATIVE_INFINITY;

  function say(typing: boolean): void {
    const id = conversationId();
    if (side === 'staff' && id === undefined) return;
    const body = { typing, ...(side === 'staff' && id !== undefined ? { conversationId: id } : {}) };
    // One after the other, or the end could arrive before the beginning. A sign that is lost is no loss.
    saying = saying.then(() => chatApi.typing(body)).catch(() => {});
  }
  function stopped(): void {
    clearTimeout(rest);
    if (saidAt === Number.NEGATIVE_INFINITY) return;
    saidAt = Number.NEGATIVE_INFINITY;
    say(false);
  }
  function other(typing: boolean, untilMs = 0): void {
    clearTimeout(forget);
    isOtherTyping.value = typing;
    if (typing) forget = setTimeout(() => other(false), untilMs);
  }

  listen(
    ChatTypingChanged,
    (detail) => {
      if (detail.who !== side && detail.conversationId === conversationId()) other(detail.typing, detail.untilMs);
    },
    { signal },
  );
  listen(
    ChatMessageReceived,
    ({ from, conversationId: where }) => {
      if (from !== side && where === conversationId()) other(false);
    },
    { signal },
  );
  window.addEventListener('pagehide', stopped, { signal });
  onUnmounted(() => {
    stopped();
    clearTimeout(forget);
    living.abort();
  });

  return {
    isOtherTyping,
    typed(isEmpty) {
      if (isEmpty) return stopped();
      clearTimeout(rest);
      rest = setTimeout(stopped, repeatMs * 1.5);
      if (performance.now() - saidAt < repeatMs) return;
      saidAt = performance.now();
      say(true);
    },
    stopped,
  };
}
