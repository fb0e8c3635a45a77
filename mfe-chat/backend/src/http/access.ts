import type { Conversation, Side } from '@souk/chat-api';
import type { Session } from '@souk/service-kit';
import { conversationIdOf } from '../conversation-id.ts';
import type { ConversationView } from '../projections/conversation/conversation-view.ts';
import { conversationMoved, conversationNotFound } from './problems.ts';

/** The conversation in which somebody goes on, whether it has begun or not. */
export function ownConversation(view: ConversationView, { shopperId }: Session): string {
  return view.conversationsOf(shopperId)[0] ?? conversationIdOf(shopperId);
}

/**
 * Without an id a shopper speaks in their own conversation; with one, staff answer, and a shopper may name their own.
 * @throws {NotFound}
 * @throws {Conflict} the shopper signed in, and goes on in another conversation
 */
export function whereAndWho(
  view: ConversationView,
  conversationId: string | undefined,
  session: Session,
): { conversationId: string; from: Side } {
  const own = ownConversation(view, session);
  if (conversationId === undefined) return { conversationId: own, from: 'shopper' };
  if (isStaff(session)) {
    const [current = conversationId] = view.conversationsOf(view.ownerOf(conversationId) ?? '');
    if (current !== conversationId) throw conversationMoved(current);
    return { conversationId, from: 'staff' };
  }
  if (conversationId !== own) throw conversationNotFound();
  return { conversationId, from: 'shopper' };
}

/**
 * The conversation as one side sees it: staff see all, a shopper only their own.
 * @throws {NotFound}
 */
export function readable(
  view: ConversationView,
  conversationId: string,
  session: Session,
  side: Side = sideOf(session),
): Conversation {
  const allowed = side === 'staff' ? isStaff(session) : view.ownerOf(conversationId) === session.shopperId;
  const conversation = allowed ? view.conversation(conversationId, side) : undefined;
  if (!conversation) throw conversationNotFound();
  return conversation;
}

/** The side that a session is on, unless it says otherwise. */
export function sideOf(session: Session): Side {
  return isStaff(session) ? 'staff' : 'shopper';
}

/** Whether the session is that of somebody who works here. */
export function isStaff(session: Session): boolean {
  return session.roles.includes('staff');
}
