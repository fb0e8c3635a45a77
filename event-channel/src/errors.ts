/** Base of the channel's errors; tell them apart by `code`, not by class: there may be several copies of a class. */
export class ChannelError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The subject has moved on: read it again and decide again. */
export class WrongRevision extends ChannelError {
  readonly subject: string;
  constructor(subject: string, expected: string, actual: string, options?: ErrorOptions) {
    super('wrong-revision', `"${subject}" is at ${actual}, expected ${expected}`, options);
    this.subject = subject;
  }
}

/** The commit is larger than the adapter takes. */
export class TooLarge extends ChannelError {
  constructor(bytes: number, maxBytes: number) {
    super('too-large', `a commit of ${bytes} bytes is larger than ${maxBytes}`);
  }
}

/** A subject or filter that the channel cannot address. */
export class InvalidSubject extends ChannelError {
  constructor(subject: string, why: string) {
    super('invalid-subject', `invalid subject "${subject}": ${why}`);
  }
}

/** Nobody responds on this subject. */
export class NoResponders extends ChannelError {
  constructor(subject: string) {
    super('no-responders', `nobody responds on "${subject}"`);
  }
}

/** A responder was there, but did not answer in time. */
export class RequestTimeout extends ChannelError {
  constructor(subject: string, timeoutMs: number) {
    super('request-timeout', `no answer on "${subject}" in ${timeoutMs} ms`);
  }
}

/** The responder threw; its message is kept. */
export class ResponderFailed extends ChannelError {
  constructor(subject: string, message: string, options?: ErrorOptions) {
    super('responder-failed', `the responder on "${subject}" failed: ${message}`, options);
  }
}

/** The channel is closed or closing. */
export class ChannelClosed extends ChannelError {
  constructor(options?: ErrorOptions) {
    super('channel-closed', 'the channel is closed', options);
  }
}

/** `append` was called without events. */
export class EmptyCommit extends ChannelError {
  constructor(subject: string) {
    super('empty-commit', `an append on "${subject}" needs at least one event`);
  }
}

/** The log could not be written or opened; a failed append may be retried with the same `messageId` and `expect`. */
export class LogUnavailable extends ChannelError {
  constructor(why: string, options?: ErrorOptions) {
    super('log-unavailable', `the log is not available: ${why}`, options);
  }
}

/**
 * What is kept of the log is not what was written. Nothing of it can be trusted from there on: restore a backup.
 * `position` is the first event that is damaged or missing; `undefined` when the damage is in what stands beside the events.
 */
export class LogDamaged extends ChannelError {
  readonly file: string;
  readonly position: number | undefined;
  constructor(file: string, position: number | undefined, why: string, options?: ErrorOptions) {
    const place = position === undefined ? '' : ` at position ${position}`;
    super('log-damaged', `the log "${file}" is damaged${place}: ${why}; restore a backup`, options);
    this.file = file;
    this.position = position;
  }
}

/** The server or what it keeps would not do what this channel promises; the message says what to change. */
export class UnsuitableServer extends ChannelError {
  constructor(why: string, options?: ErrorOptions) {
    super('unsuitable-server', why, options);
  }
}

/** Another channel, in this process or another, is the writer of this log. */
export class LogInUse extends ChannelError {
  constructor(file: string, options?: ErrorOptions) {
    super('log-in-use', `"${file}" is open in another channel; a log has exactly one writer`, options);
  }
}

/** The durable has a handler already, or was begun with another order. */
export class DurableConflict extends ChannelError {
  constructor(stream: string, durable: string, why: string) {
    super('durable-conflict', `durable "${durable}" on "${stream}" ${why}`);
  }
}

/** There is no dead letter at this position: replayed, dismissed or never parked. */
export class NoSuchDeadLetter extends ChannelError {
  constructor(durable: string, position: number) {
    super('no-such-dead-letter', `durable "${durable}" has no dead letter at position ${position}`);
  }
}
