import type { Logger } from './logger.ts';

/** Whatever must be closed at the end. */
export interface Closable {
  close(): Promise<unknown> | void;
}

export interface CloseOptions {
  /** For all of them together. @default 10_000 milliseconds */
  readonly deadlineMs?: number;
}

/** Something did not close in time, or failed while closing; the rest was closed all the same. */
export class CloseFailed extends AggregateError {
  readonly code = 'close-failed';
  constructor(errors: readonly unknown[]) {
    super(errors, `${errors.length} did not close cleanly`);
    this.name = 'CloseFailed';
  }
}

/**
 * Closes in reverse order, so list them as they were opened: what depends on something closes before it.
 * One that fails or hangs does not keep the others open.
 * @throws {CloseFailed} at the end
 */
export async function closeAll(closables: readonly Closable[], options: CloseOptions = {}): Promise<void> {
  const { deadlineMs = 10_000 } = options;
  const failures: unknown[] = [];
  const deadline = Promise.withResolvers<never>();
  deadline.promise.catch(() => undefined);
  const timer = setTimeout(() => deadline.reject(new Error(`not closed in ${deadlineMs} ms`)), deadlineMs);
  for (const closable of closables.toReversed()) {
    try {
      await Promise.race([closable.close(), deadline.promise]);
    } catch (error) {
      failures.push(error);
    }
  }
  clearTimeout(timer);
  if (failures.length > 0) throw new CloseFailed(failures);
}

export interface ShutdownOptions extends CloseOptions {
  readonly log: Logger;
  /** @default ['SIGINT', 'SIGTERM'] */
  readonly signals?: readonly NodeJS.Signals[];
  /** Called when all is closed. @default process.exit */
  readonly exit?: (code: number) => void;
}

/**
 * At the first signal closes everything in reverse order and exits with 0, or 1 when something did not close cleanly.
 * A second signal exits at once. Returns the undo.
 */
export function onShutdown(closables: readonly Closable[], options: ShutdownOptions): () => void {
  const { log, signals = ['SIGINT', 'SIGTERM'], exit = (code) => process.exit(code) } = options;
  let closing = false;

  const stop = async (signal: NodeJS.Signals) => {
    if (closing) return exit(1);
    closing = true;
    log.info({ signal }, 'closing');
    try {
      await closeAll(closables, options);
      exit(0);
    } catch (error) {
      log.error({ err: error }, 'did not close cleanly');
      exit(1);
    }
  };

  for (const signal of signals) process.on(signal, stop);
  return () => {
    for (const signal of signals) process.off(signal, stop);
  };
}
