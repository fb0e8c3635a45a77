/** Whether somebody is at the desk, told by when staff last asked this backend for anything. */
export interface DeskPresence {
  /** A staff member has just been active. */
  seen(): void;
  /** Somebody was active within the last `awayAfterMs`. */
  present(): boolean;
}

/** @param options.awayAfterMs milliseconds of silence after which the desk counts as empty. @default 180_000 */
export function deskPresence({
  clock,
  awayAfterMs = 180_000,
}: {
  clock: () => Date;
  awayAfterMs?: number;
}): DeskPresence {
  let lastSeenMs = Number.NEGATIVE_INFINITY;
  return {
    seen: () => {
      lastSeenMs = clock().getTime();
    },
    present: () => clock().getTime() - lastSeenMs < awayAfterMs,
  };
}
