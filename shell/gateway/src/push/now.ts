import type { EventChannel, Subscription } from '@souk/event-channel';
import { nowFrame } from './frames.ts';
import type { Members } from './members.ts';
import type { PushCounts } from './push-counts.ts';

/** What is true only this moment is published below this and kept by nobody: `push-now.staff` is heard where `push.staff` is. */
const prefix = 'push-now.';

export interface CarryNowOptions {
  readonly channel: EventChannel;
  readonly members: Members;
  readonly counts: PushCounts;
}

/**
 * Carries signals of the moment, such as that somebody is typing, beside the log: to those who hear the same audience's
 * messages, at most once, and not to a reader who is behind. Who was away has missed them, so each must end by itself.
 */
export const carryNow = ({ channel, members, counts }: CarryNowOptions): Subscription =>
  channel.subscribe(`${prefix}>`, ({ data }, subject) => {
    const hearing = members.hearing(`push.${subject.slice(prefix.length)}`);
    const json = hearing && signalIn(data);
    if (json === undefined) return;
    const frame = nowFrame(json);
    for (const { stream } of hearing ?? []) {
      if (stream.sendNow(frame)) counts.now++;
      else counts.nowDropped++;
    }
  });

/** The signal as JSON; `undefined` when it is none. */
const signalIn = (data: unknown): string | undefined => {
  const { type, detail } = (data ?? {}) as { type?: unknown; detail?: unknown };
  return typeof type === 'string' ? JSON.stringify({ type, detail: detail ?? {} }) : undefined;
};
