import type { Presence } from '@souk/chat-api';
import { ChatPresenceChanged, ShellPushReset, listen } from '@souk/shared-events/browser';
import { computed, onUnmounted, shallowRef, watch, type ComputedRef } from 'vue';
import { chatApi } from './api-client.ts';
import { say } from './say.ts';
import { useOnline } from './use-online.ts';
import { openingName } from './wording.ts';

/** Who is there: one sentence for the shopper, and what it is about. */
export interface ShownPresence {
  readonly kind: 'offline' | 'staffed' | 'away' | 'closed';
  readonly text: string;
}

/** Longest time a timer can be set to, in milliseconds. */
const maxTimerMs = 2 ** 31 - 1;

/** Whether somebody is at the desk, as far as this browser can know. */
export function usePresence(): ComputedRef<ShownPresence | undefined> {
  const living = new AbortController();
  const { signal } = living;
  const presence = shallowRef<Presence>();
  const isOnline = useOnline();
  let opening: ReturnType<typeof setTimeout> | undefined;

  function take(next: Presence): void {
    presence.value = next;
    clearTimeout(opening);
    if (next.opensAt === undefined) return;
    const untilMs = Date.parse(next.opensAt) - Date.now();
    if (untilMs < maxTimerMs) opening = setTimeout(() => void ask(), Math.max(1000, untilMs));
  }
  async function ask(): Promise<void> {
    try {
      take(await chatApi.presence(signal));
    } catch {
      // Nothing is said about what is not known.
    }
  }
  listen(ChatPresenceChanged, take, { signal });
  listen(ShellPushReset, () => void ask(), { signal });
  watch(isOnline, (online) => void (online && ask()));
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void ask(), { signal });
  onUnmounted(() => {
    clearTimeout(opening);
    living.abort();
  });
  void ask();

  return computed(() => {
    const said = say().presence;
    if (!isOnline.value) {
      return { kind: 'offline', text: said.offline };
    }
    if (!presence.value) return undefined;
    const { staffed, opensAt } = presence.value;
    if (staffed) return { kind: 'staffed', text: said.staffed };
    if (opensAt === undefined) return { kind: 'away', text: said.away };
    return { kind: 'closed', text: said.closed(openingName(opensAt)) };
  });
}
