import type { EventChannel, Position } from '@souk/event-channel';
import { cloudEvent, type Cause, type Database, type Folded, type KeyStore } from '@souk/service-kit';
import { subjects } from '@souk/shared-events/integration';
import { conversationFold } from './conversation-fold.ts';
import { decide, evolve, type ConversationCommand } from './domain/conversation.ts';
import type { ConversationState } from './domain/state.ts';
import { sealEvent } from './seal-messages.ts';

/** What a command led to. */
export interface Handled {
  /** Position of the conversation's last event, after the command. */
  readonly position: Position;
  readonly state: ConversationState;
  /** False when everything was as asked already. */
  readonly changed: boolean;
}

/** The write side: conversations as they stand in the log. */
export interface Conversations {
  /**
   * Decides on the log's latest state and appends; when somebody was faster, decides again.
   * @throws what {@link decide} throws
   */
  handle(command: ConversationCommand, cause?: Cause): Promise<Handled>;
  /**
   * Forgets what was said in a conversation, in memory and snapshot, after the commands at hand: one that began before its
   * person was erased still knows it, and would keep it under the person's next key.
   */
  forget(conversationId: string): Promise<void>;
}

type Loaded = Folded<ConversationState>;

/** Times a command is decided again because other processes were faster; they are few, so this is never reached. */
const maxAttempts = 50;

/** Conversations whose state is kept in memory. It is only a head start: the log's newer events are always read. */
const rememberedConversations = 500;

/** Opens the write side on a channel. */
export function conversations({ channel, db, keys, clock, newId }: ConversationsOptions): Conversations {
  const fold = conversationFold(channel, db, keys);
  const remembered = new Map<string, Loaded>();
  const queues = new Map<string, Promise<unknown>>();

  async function load(conversationId: string): Promise<Loaded> {
    const folded = await fold.read(subjects.conversation(conversationId), remembered.get(conversationId));
    return remember(conversationId, folded);
  }

  function remember(conversationId: string, loaded: Loaded): Loaded {
    remembered.delete(conversationId);
    remembered.set(conversationId, loaded);
    const [oldest] = remembered.keys();
    if (remembered.size > rememberedConversations && oldest !== undefined) remembered.delete(oldest);
    return loaded;
  }

  async function attempt(command: ConversationCommand, cause: Cause | undefined): Promise<Handled> {
    const { conversationId } = command;
    for (let attempts = 1; ; attempts++) {
      const { state, revision } = await load(conversationId);
      const decided = decide(command, state);
      if (decided.length === 0) return { state, position: revision, changed: false };
      const time = clock().toISOString();
      const after = decided.reduce(evolve, state);
      const events = decided
        .map((event) => sealEvent(keys, after.shopperId ?? '', event))
        .map(({ type, data }) =>
          cloudEvent({ type, source: '/chat', data, id: newId('e'), time, ...(cause ? { cause } : {}) }),
        );
      try {
        const expect = revision === 0 ? ('no-stream' as const) : { revision };
        const appended = await channel.append(subjects.conversation(conversationId), events, { expect });
        remember(conversationId, { state: after, revision: appended.revision });
        return { state: after, position: appended.position, changed: true };
      } catch (error) {
        if ((error as { code?: string }).code !== 'wrong-revision' || attempts === maxAttempts) throw error;
      }
    }
  }

  // In one process nobody has to be faster than anybody.
  function inTurn<Result>(conversationId: string, work: () => Promise<Result>): Promise<Result> {
    const before = queues.get(conversationId) ?? Promise.resolve();
    const done = before.then(work);
    const settled = done.catch(() => {});
    queues.set(conversationId, settled);
    void settled.then(() => {
      if (queues.get(conversationId) === settled) queues.delete(conversationId);
    });
    return done;
  }

  return {
    handle: (command, cause) => inTurn(command.conversationId, () => attempt(command, cause)),
    forget: (conversationId) =>
      inTurn(conversationId, async () => {
        remembered.delete(conversationId);
        await fold.forget(subjects.conversation(conversationId));
      }),
  };
}

/** What the write side stands on. */
export interface ConversationsOptions {
  readonly channel: EventChannel;
  /** For snapshots of long conversations. */
  readonly db: Database;
  readonly keys: KeyStore;
  readonly clock: () => Date;
  readonly newId: (prefix: string) => string;
}
