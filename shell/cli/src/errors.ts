/** Called in a way that cannot work. The message is one line that says what is right; exit code 2. */
export class WrongUse extends Error {
  readonly code = 'wrong-use';
  override readonly name = 'WrongUse';
}

/** A command did not reach its end. The message is one line that says why and what to do; exit code 1. */
export class CommandFailed extends Error {
  readonly code = 'command-failed';
  override readonly name = 'CommandFailed';
  /** What the shop answered with, when it is the shop that says no. */
  readonly status: number | undefined;
  /** The problem document that came with it. */
  readonly problem: unknown;

  constructor(message: string, options?: ErrorOptions & { readonly status?: number; readonly problem?: unknown }) {
    super(message, options);
    this.status = options?.status;
    this.problem = options?.problem;
  }
}
