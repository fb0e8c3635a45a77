import type { Inbox, InboxEntry, InboxPile, Staff } from '@souk/chat-api';
import { ChatDeskChanged, ChatMessageReceived, ShellPushReset, listen } from '@souk/shared-events/browser';
import { onUnmounted, shallowRef, watch, type ShallowRef } from 'vue';
import { chatApi, ChatApiFailed } from '../api-client.ts';
import { deskApi } from './desk-api.ts';

/** The desk's inbox, kept up to date. */
export interface DeskInbox {
  readonly pile: ShallowRef<InboxPile>;
  /** What is looked for. */
  readonly search: ShallowRef<string>;
  readonly inbox: ShallowRef<Inbox | undefined>;
  /** Who I am and who else is there. */
  readonly staff: ShallowRef<Staff | undefined>;
  /** `staff-only`: this session is not at the desk. */
  readonly problem: ShallowRef<'failed' | 'staff-only' | undefined>;
  /** Time by which ages are told; moves with each refresh. */
  readonly now: ShallowRef<Date>;
  readonly loadingMore: ShallowRef<boolean>;
  refresh(): Promise<void>;
  /** The next page of the pile. */
  more(): Promise<void>;
}

/**
 * While the desk is on the screen it asks again this often: ages move on, and the shop knows that somebody is here.
 * Well below the time after which the backend takes the desk for empty.
 */
const refreshMs = 45_000;

/** Messages often come in pairs; one look is enough for both. */
const settleMs = 60;

/** Between two keys of a search. */
const typingMs = 180;

const pageSize = 50;

/** Opens the inbox for as long as the component that calls this lives. */
export function useInbox(): DeskInbox {
  const living = new AbortController();
  const { signal } = living;
  const pile = shallowRef<InboxPile>('open');
  const search = shallowRef('');
  const inbox = shallowRef<Inbox>();
  const staff = shallowRef<Staff>();
  const problem = shallowRef<'failed' | 'staff-only'>();
  const now = shallowRef(new Date());
  const loadingMore = shallowRef(false);
  let asked = 0;
  let shown = pageSize;
  let settling: ReturnType<typeof setTimeout> | undefined;

  /** As many entries as are shown, page by page, so that what was looked at stays there. */
  async function load(count: number): Promise<Inbox> {
    const entries: InboxEntry[] = [];
    for (let after: string | undefined; ;) {
      const query = { state: pile.value, q: search.value.trim(), limit: Math.min(100, count - entries.length), after };
      const page = await deskApi.inbox(query as Parameters<typeof deskApi.inbox>[0], signal);
      // Somebody may have moved on to the next page meanwhile.
      entries.push(
        ...page.conversations.filter((one) => !entries.some((known) => known.conversationId === one.conversationId)),
      );
      if (page.next === null || entries.length >= count) return { ...page, conversations: entries };
      after = page.next;
    }
  }

  async function refresh(): Promise<void> {
    const turn = ++asked;
    try {
      const answer = await load(shown);
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

  async function refreshStaff(): Promise<void> {
    try {
      staff.value = await deskApi.staff(signal);
    } catch {
      // Names come with the next look.
    }
  }

  function refreshSoon(afterMs = settleMs): void {
    clearTimeout(settling);
    settling = setTimeout(() => void refresh(), afterMs);
  }

  const beat = setInterval(() => {
    if (document.visibilityState !== 'visible') return;
    void refresh();
    void refreshStaff();
  }, refreshMs);
  listen(
    ChatMessageReceived,
    ({ from, conversationId, seq }) => {
      refreshSoon();
      if (from !== 'shopper' || document.visibilityState !== 'visible') return;
      chatApi.delivered(conversationId, { upTo: seq, to: 'staff' }).catch(() => {});
    },
    { signal },
  );
  listen(
    ChatDeskChanged,
    ({ change }) => {
      if (change === 'staff') void refreshStaff();
      else if (change !== 'noted' && change !== 'replies') refreshSoon();
    },
    { signal },
  );
  listen(ShellPushReset, () => refreshSoon(), { signal });
  watch(pile, () => {
    shown = pageSize;
    void refresh();
  });
  watch(search, () => {
    shown = pageSize;
    refreshSoon(typingMs);
  });
  onUnmounted(() => {
    living.abort();
    clearInterval(beat);
    clearTimeout(settling);
  });
  void refresh();
  void refreshStaff();
  return {
    ...{ pile, search, inbox, staff, problem, now, loadingMore, refresh },
    async more() {
      if (loadingMore.value || !inbox.value?.next) return;
      loadingMore.value = true;
      shown = inbox.value.conversations.length + pageSize;
      await refresh();
      loadingMore.value = false;
    },
  };
}
