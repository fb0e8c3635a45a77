import type { EventChannel, Position, Revision } from '@souk/event-channel';
import { cloudEvent, type Cause } from '@souk/service-kit';
import { subjects } from '@souk/shared-events/integration';
import {
  decideReplies,
  evolveReplies,
  firstReplies,
  type Replies,
  type RepliesCommand,
  type RepliesEvent,
} from './domain/canned-replies.ts';

/** The write side of the replies that the staff keep ready. */
export interface CannedReplies {
  /**
   * Decides on the log's latest state and appends; when somebody was faster, decides again.
   * @returns position of the last event
   * @throws what {@link decideReplies} throws
   */
  handle(command: RepliesCommand, cause?: Cause): Promise<Position>;
  /** Gives a new shop its first replies; does nothing where there ever were any. */
  begin(): Promise<void>;
}

/** Times a command is decided again because somebody was faster. */
const maxAttempts = 20;

/** Opens the write side on a channel. */
export function cannedReplies({ channel, clock, newId }: CannedRepliesOptions): CannedReplies {
  const subject = subjects.cannedReplies();

  async function load(): Promise<{ replies: Replies; revision: Revision }> {
    let replies: Replies = new Map();
    let revision: Revision = 0;
    for await (const { event, position } of channel.read(subject)) {
      replies = evolveReplies(replies, event as typeof event & RepliesEvent);
      revision = position;
    }
    return { replies, revision };
  }

  const append = (events: readonly RepliesEvent[], revision: Revision, cause?: Cause) => {
    const time = clock().toISOString();
    const whole = events.map(({ type, data }) =>
      cloudEvent({ type, source: '/chat', data, id: newId('e'), time, ...(cause ? { cause } : {}) }),
    );
    return channel.append(subject, whole, { expect: revision === 0 ? 'no-stream' : { revision } });
  };

  return {
    async handle(command, cause) {
      for (let attempts = 1; ; attempts++) {
        const { replies, revision } = await load();
        const events = decideReplies(command, replies);
        if (events.length === 0) return revision;
        try {
          return (await append(events, revision, cause)).position;
        } catch (error) {
          if (!isWrongRevision(error) || attempts === maxAttempts) throw error;
        }
      }
    },
    async begin() {
      if ((await load()).revision > 0) return;
      const events = firstReplies.map((reply): RepliesEvent => ({
        type: 'chat.canned-reply-saved.v1',
        data: { ...reply, replyId: `r_${reply.shortcut}`, by: null },
      }));
      // Another replica may have been faster with the same.
      await append(events, 0).catch((error: unknown) => {
        if (!isWrongRevision(error)) throw error;
      });
    },
  };
}

function isWrongRevision(error: unknown): boolean {
  return (error as { code?: string }).code === 'wrong-revision';
}

/** What the write side stands on. */
export interface CannedRepliesOptions {
  readonly channel: EventChannel;
  readonly clock: () => Date;
  readonly newId: (prefix: string) => string;
}
