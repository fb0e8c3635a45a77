import type { Inbox } from '@souk/chat-api';
import { ChatMessageReceived, ShellPushReset, listen } from '@souk/shared-events/browser';
import { onUnmounted, shallowRef, watch, type ShallowRef } from 'vue';
import { chatApi, ChatApiFailed } from './api-client.ts';

/** Which conversations the desk looks at. */
export type InboxFilter = 'waiting' | 'open';

/** The desk's inbox, kept up to date. */
export interface DeskInbox {
  readonly filter: ShallowRef<InboxFilter>;
  readonly inbox: ShallowRef<Inbox | undefined>;
  /** `staff-only`: this session is not at the desk. */
  readonly problem: ShallowRef<'failed' | 'staff-only' | undefined>;
  /** Time by which ages are told; moves with each refresh. */
  readonly now: ShallowRef<Date>;
  refresh(): Promise<void>;
}

/**
 * While the desk is on the screen it asks again this often: ages move on, and the shop knows that somebody is here.
 * Well below the time after which the backend takes the desk for empty.
 */
const refreshMs = 45_000;

/** Messages often come in pairs; one look is enough for both. */
const settleMs = 60;

/** Opens the inbox for as long as the component that calls this lives. */
export function useInbox(): DeskInbox {
  const living = new AbortController();
  const { signal } = living;
  const filter = shallowRef<InboxFilter>('waiting');
  const inbox = shallowRef<Inbox>();
  const problem = shallowRef<'failed' | 'staff-only'>();
  const now = shallowRef(new Date());
  let asked = 0;
  let settling: ReturnType<typeof setTimeout> | undefined;

  async function refresh(): Promise<void> {
    const turn = ++asked;
    try {
      const answer = await chatApi.inbox({ state: filter.value, limit: 100 }, signal);
      if (turn !== asked) return;
      inbox.value = answer;
      problem.value = undefined;
    } catch (error) {
      if (signal.aborted || turn !== asked) return;
      const status = error instanceof ChatApiFailed ? error.status : 0;
      problem.value = status === 401 || status === 403 ? 'staff-only' : 'failed';
    }
    now.value = new Date();
  }

  function refreshSoon(): void {
    clearTimeout(settling);
    settling = setTimeout(() => void refresh(), settleMs);
  }

  const beat = setInterval(() => {
    if (document.visibilityState === 'visible') void refresh();
  }, refreshMs);
  listen(ChatMessageReceived, refreshSoon, { signal });
  listen(
    ChatMessageReceived,
    ({ from, conversationId, seq }) => {
      if (from !== 'shopper' || document.visibilityState !== 'visible') return;
      chatApi.delivered(conversationId, { upTo: seq, to: 'staff' }).catch(() => {});
    },
    { signal },
  );
  listen(ShellPushReset, refreshSoon, { signal });
  watch(filter, refresh);
  onUnmounted(() => {
    living.abort();
    clearInterval(beat);
    clearTimeout(settling);
  });
  void refresh();
  return { filter, inbox, problem, now, refresh };
}
