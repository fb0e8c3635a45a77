import type { Position, StreamName } from '@souk/event-channel';

/** How far something that follows the log has come, for health and metrics. */
export interface FollowerStatus {
  readonly name: string;
  readonly kind: 'projection' | 'reactor' | 'sagas';
  /** Whether it has once reached what was the end of the log when it started. */
  readonly caughtUp: boolean;
  readonly streams: readonly {
    readonly stream: StreamName;
    readonly position: Position;
    /** Positions between here and the end of the log. */
    readonly lag: number;
  }[];
  /** Events given up on, waiting for a person. */
  readonly deadLetters: number;
  /** What keeps it from going on right now. */
  readonly failing?: string;
  /** Of sagas: how many are where, and the age of the oldest that has not ended (0: there is none). */
  readonly sagas?: {
    readonly running: number;
    readonly compensating: number;
    readonly parked: number;
    readonly oldestPendingSeconds: number;
  };
}

/** A projection or a reactor, as health and metrics see it. */
export interface Follower {
  readonly name: string;
  /** What it is made of, when that is several. */
  readonly parts?: readonly Follower[];
  status(): Promise<FollowerStatus>;
}
