import { afterEach, beforeEach } from 'vitest';
import type { EventChannel } from '../port.ts';

/** What an adapter gives to be tested. */
export interface ChannelUnderTest {
  readonly name: string;
  /** Opens a channel on a new, empty log. Errors of handlers are part of the cases: keep them quiet. */
  open(limits: ChannelLimits): Promise<EventChannel>;
  /** Opens the log of the last `open` again, after its channel was closed. Left out when nothing outlives a channel. */
  reopen?(): Promise<EventChannel>;
  /** Resolves when the duplicate window of what was appended so far is over; advance a clock rather than wait. */
  passDuplicateWindow(): Promise<void>;
}

/** Small, so that the cases reach them fast. */
export interface ChannelLimits {
  readonly duplicateWindowMs: number;
  readonly maxCommitBytes: number;
}

export const limits: ChannelLimits = { duplicateWindowMs: 2_000, maxCommitBytes: 65_536 };

/** Opens a channel for each case and closes it after. */
export interface Harness {
  /** The open channel of the running case. */
  readonly channel: EventChannel;
  readonly canReopen: boolean;
  /** Closes the channel and opens its log again. */
  reopen(): Promise<EventChannel>;
  passDuplicateWindow(): Promise<void>;
}

export function createHarness(under: ChannelUnderTest): Harness {
  let channel: EventChannel;

  beforeEach(async () => {
    channel = await under.open(limits);
  });
  afterEach(() => channel.close());

  return {
    get channel() {
      return channel;
    },
    canReopen: under.reopen !== undefined,
    async reopen() {
      await channel.close();
      if (!under.reopen) throw new Error(`${under.name} has no reopen`);
      channel = await under.reopen();
      return channel;
    },
    passDuplicateWindow: () => under.passDuplicateWindow(),
  };
}
