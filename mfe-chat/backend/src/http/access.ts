import type { Conversation, Side } from '@souk/chat-api';
import type { Session } from '@souk/service-kit';
import { conversationIdOf } from '../conversation-id.ts';
import type { ConversationView } from '../projections/conversation/conversation-view.ts';
import { conversationNotFound } from './problems.ts';

/**
 * Without an id a shopper speaks in their own conversation; with one, staff answer, and a shopper may name their own.
 * @throws {NotFound}
 */
export function whereAndWho(
  conversationId: string | undefined,
  session: Session,
): { conversationId: string; from: Side } {
  const own = conversationIdOf(session.shopperId);
  if (conversationId === undefined) return { conversationId: own, from: 'shopper' };
  if (isStaff(session)) return { conversationId, from: 'staff' };
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
  const allowed = side === 'staff' ? isStaff(session) : view.shopperOf(conversationId) === session.shopperId;
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
