// The replies that the staff keep ready, as events of one subject: pure.
import type { IntegrationData } from '@souk/shared-events/integration';
import { ConversationError } from './errors.ts';
import { messageText } from './message-text.ts';

/** What happens to the replies. */
export type RepliesEvent =
  | { readonly type: 'chat.canned-reply-saved.v1'; readonly data: IntegrationData['chat.canned-reply-saved.v1'] }
  | { readonly type: 'chat.canned-reply-removed.v1'; readonly data: IntegrationData['chat.canned-reply-removed.v1'] };

/** Shortcut and text by id. */
export type Replies = ReadonlyMap<string, { readonly shortcut: string; readonly text: string }>;

/** Saves a reply under its id, or takes it away. */
export type RepliesCommand =
  | {
      readonly kind: 'save';
      readonly replyId: string;
      readonly shortcut: string;
      readonly text: string;
      readonly by: string;
    }
  | { readonly kind: 'remove'; readonly replyId: string; readonly by: string };

/** So many replies are kept at most: more than that nobody finds. */
export const maxReplies = 200;

/** Another reply has this shortcut. */
export class ShortcutTaken extends ConversationError {
  constructor(shortcut: string) {
    super('shortcut-taken', `Another reply has the shortcut /${shortcut}.`);
  }
}

/** There are {@link maxReplies} already. */
export class TooManyReplies extends ConversationError {
  constructor() {
    super('too-many-replies', `There are ${maxReplies} replies already; remove one first.`);
  }
}

/**
 * What a command leads to; nothing when it is so already.
 * @throws {ShortcutTaken} {@link TooManyReplies} and what {@link messageText} throws
 */
export function decideReplies(command: RepliesCommand, replies: Replies): readonly RepliesEvent[] {
  const { kind, replyId, by } = command;
  const known = replies.get(replyId);
  if (kind === 'remove') return known ? [{ type: 'chat.canned-reply-removed.v1', data: { replyId, by } }] : [];
  const { shortcut } = command;
  const text = messageText(command.text);
  if (known?.shortcut === shortcut && known.text === text) return [];
  if ([...replies].some(([id, other]) => id !== replyId && other.shortcut === shortcut))
    throw new ShortcutTaken(shortcut);
  if (!known && replies.size >= maxReplies) throw new TooManyReplies();
  return [{ type: 'chat.canned-reply-saved.v1', data: { replyId, shortcut, text, by } }];
}

/** The replies after an event. */
export function evolveReplies(replies: Replies, event: RepliesEvent): Replies {
  const after = new Map(replies);
  switch (event.type) {
    case 'chat.canned-reply-saved.v1':
      return after.set(event.data.replyId, { shortcut: event.data.shortcut, text: event.data.text });
    case 'chat.canned-reply-removed.v1':
      after.delete(event.data.replyId);
      return after;
    default:
      return event satisfies never;
  }
}

/** What a new shop begins with; the staff change it as they like. */
export const firstReplies: readonly { readonly shortcut: string; readonly text: string }[] = [
  { shortcut: 'hello', text: 'Hello {name}, thank you for writing to us. I am looking into it now.' },
  {
    shortcut: 'where',
    text: 'Hello {name}, I have looked up order {order}. You can follow each step on its page; I will write here as soon as it moves on.',
  },
  {
    shortcut: 'declined',
    text: 'The payment for order {order} did not go through, and nothing was charged. You can pay with another card on the order’s page.',
  },
  {
    shortcut: 'handmade',
    text: 'Each piece is made by hand, so colour and size differ a little from the picture. If you like, I describe the one that is here.',
  },
  {
    shortcut: 'returns',
    text: 'You can send anything back within 30 days, unused and in its wrapping. Write us here which piece of order {order} it is, and we tell you how.',
  },
  {
    shortcut: 'broken',
    text: 'I am sorry that it arrived broken. Please tell me which piece of order {order} it is; a picture helps. We send another one or give the money back, as you prefer.',
  },
  { shortcut: 'later', text: 'I have to ask the workshop, which takes a day or two. I write here as soon as I know.' },
  { shortcut: 'bye', text: 'Glad I could help, {name}. If anything else comes up, just write here again.' },
];
