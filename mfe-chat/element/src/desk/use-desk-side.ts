import type { DeskDone, DeskSide, ShopperOverview } from '@souk/chat-api';
import { ChatDeskChanged, ChatMessageReceived, ShellPushReset, listen } from '@souk/shared-events/browser';
import { onUnmounted, shallowRef, type ShallowRef } from 'vue';
import { ChatApiFailed } from '../api-client.ts';
import { deskApi } from './desk-api.ts';

/** What the staff know of one conversation, and what they can do with it. */
export interface UseDeskSide {
  readonly side: ShallowRef<DeskSide | undefined>;
  /** `undefined` while it is asked. */
  readonly overview: ShallowRef<ShopperOverview | undefined>;
  /** Why the last command was refused, as a sentence. */
  readonly refusal: ShallowRef<string | undefined>;
  /** Runs a command and takes what came of it; says so when somebody was faster. True when it was done. */
  run(command: Promise<DeskDone>): Promise<boolean>;
  askOverview(): Promise<void>;
}

/** Opens the staff's side of a conversation for as long as the component that calls this lives. */
export function useDeskSide(conversationId: string): UseDeskSide {
  const living = new AbortController();
  const { signal } = living;
  onUnmounted(() => living.abort());
  const side = shallowRef<DeskSide>();
  const overview = shallowRef<ShopperOverview>();
  const refusal = shallowRef<string>();
  let asked = 0;

  async function load(): Promise<void> {
    const turn = ++asked;
    try {
      const answer = await deskApi.side(conversationId, signal);
      if (turn === asked) side.value = answer;
    } catch {
      // The next change or the next look brings it.
    }
  }

  async function askOverview(): Promise<void> {
    overview.value = undefined;
    try {
      overview.value = await deskApi.shopper(conversationId, signal);
    } catch {
      if (!signal.aborted) overview.value = { answered: false };
    }
  }

  listen(ChatDeskChanged, (detail) => void (detail.conversationId === conversationId && load()), { signal });
  // Names of members may have come; an answer may have claimed it.
  listen(ChatMessageReceived, (detail) => void (detail.conversationId === conversationId && load()), { signal });
  listen(ShellPushReset, () => void load(), { signal });
  void load();
  void askOverview();

  return {
    ...{ side, overview, refusal, askOverview },
    async run(command) {
      refusal.value = undefined;
      try {
        const { assignee, closed } = await command;
        side.value = { entries: side.value?.entries ?? [], assignee, closed };
        await load();
        return true;
      } catch (error) {
        const detail = error instanceof ChatApiFailed ? error.detail : undefined;
        refusal.value = detail ?? 'That did not reach the shop. Please try again.';
        await load();
        return false;
      }
    },
  };
}
