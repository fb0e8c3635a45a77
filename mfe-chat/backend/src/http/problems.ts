import { Conflict, Invalid, NotFound, type ApiError } from '@souk/service-kit';
import { ConversationError } from '../domain/errors.ts';
import { shopperLabel } from '../projections/inbox/inbox-view.ts';

/** Runs a command and says over HTTP why it was refused: the domain knows causes, not statuses. */
export async function refusedAsProblem<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof ConversationError ? toApiError(error) : error;
  }
}

/** The same answer for a conversation that is not there and for somebody else's: nobody learns which ids exist. */
export function conversationNotFound(cause?: unknown): NotFound {
  return new NotFound('not-found', 'There is no such conversation.', cause === undefined ? {} : { cause });
}

/** An answer there would not be seen where the customer looks. */
export function conversationMoved(current: string): Conflict {
  const message = `This customer signed in and goes on in another conversation: ${shopperLabel(current)}. Please answer there.`;
  return new Conflict('conversation-moved', message);
}

function toApiError(error: ConversationError): ApiError {
  switch (error.code) {
    case 'conversation-missing':
      return conversationNotFound(error);
    case 'client-msg-id-reused':
    case 'shortcut-taken':
    case 'too-many-replies':
      return new Conflict(error.code, error.message, { cause: error });
    default:
      return new Invalid(error.code, error.message, {
        cause: error,
        errors: [{ pointer: '/body/text', detail: error.message }],
      });
  }
}
