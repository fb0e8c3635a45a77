/** Why a conversation refuses a command; told apart by `code`. */
export class ConversationError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
  }
}

/** Nothing is left of the text once the white space around it is gone. */
export class EmptyText extends ConversationError {
  constructor() {
    super('text-empty', 'A message needs some text.');
  }
}

/** The text is longer than a message may be. */
export class TextTooLong extends ConversationError {
  constructor(length: number, maxLength: number) {
    super('text-too-long', `The text has ${length} characters; a message takes up to ${maxLength}.`);
  }
}

/** The text holds control characters or broken surrogate pairs. */
export class UnprintableText extends ConversationError {
  constructor() {
    super('text-unprintable', 'The text holds control characters; only line breaks and tabs are taken.');
  }
}

/** There is no such conversation, or not for this session. */
export class ConversationMissing extends ConversationError {
  constructor(conversationId: string) {
    super('conversation-missing', `There is no conversation "${conversationId}".`);
  }
}

/** Somebody else has the conversation, or got it meanwhile. */
export class ClaimedByOther extends ConversationError {
  /** Who has it; `null` when nobody has any more. */
  readonly assignee: string | null;
  constructor(assignee: string | null) {
    super('claimed-by-other', assignee === null ? 'Nobody has this conversation any more.' : 'Somebody else has it.');
    this.assignee = assignee;
  }
}

/** One id for two different texts: the sender has a fault. */
export class ClientMsgIdReused extends ConversationError {
  constructor(clientMsgId: string) {
    super('client-msg-id-reused', `clientMsgId "${clientMsgId}" already belongs to a message with another text.`);
  }
}
