import type { EventChannel } from '@souk/event-channel';

/** Whether somebody is at the desk, told by when staff last asked this backend, or another of its replicas, for anything. */
export interface DeskPresence {
  /** A staff member has just been active. */
  seen(): void;
  /** Somebody was active within the last `awayAfterMs`. */
  present(): boolean;
  close(): void;
}

export interface DeskPresenceOptions {
  readonly channel: EventChannel;
  readonly clock: () => Date;
  /** Milliseconds of silence after which the desk counts as empty. @default 180_000 */
  readonly awayAfterMs?: number | undefined;
  /** Somebody has come, or the last one has gone. */
  readonly changed: (present: boolean) => void;
}

/** What replicas tell each other; kept by no log. */
const seenSubject = 'chat-now.desk-seen';

/** Opens the presence. Replicas tell each other a few times within `awayAfterMs`, so that all give the same answer. */
export function deskPresence({ channel, clock, awayAfterMs = 180_000, changed }: DeskPresenceOptions): DeskPresence {
  let lastSeenMs = Number.NEGATIVE_INFINITY;
  let toldMs = Number.NEGATIVE_INFINITY;
  let isPresent = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const present = () => clock().getTime() - lastSeenMs < awayAfterMs;
  const look = () => {
    const was = isPresent;
    isPresent = present();
    if (isPresent !== was) changed(isPresent);
    clearTimeout(timer);
    if (!isPresent) return;
    timer = setTimeout(look, Math.max(10, lastSeenMs + awayAfterMs - clock().getTime()));
    timer.unref();
  };
  const note = () => {
    lastSeenMs = clock().getTime();
    if (!isPresent) look();
  };
  const elsewhere = channel.subscribe(seenSubject, note);

  return {
    seen() {
      note();
      if (lastSeenMs - toldMs < awayAfterMs / 4) return;
      toldMs = lastSeenMs;
      channel.publish(seenSubject, { data: {} });
    },
    present,
    close() {
      clearTimeout(timer);
      void elsewhere.close();
    },
  };
}
