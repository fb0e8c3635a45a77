import type { Subject } from '../port.ts';

/** Hears what a handler threw: the channel goes on, and somebody should know. */
export type HandlerErrorListener = (
  error: unknown,
  where: { readonly subject: Subject; readonly name: string },
) => void;

/** The default: a process warning, so that nothing is swallowed and nothing dies. */
export const warnAboutHandlerError: HandlerErrorListener = (error, { subject, name }) => {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.emitWarning(`${name} failed on "${subject}": ${message}`, 'HandlerFailed');
};
