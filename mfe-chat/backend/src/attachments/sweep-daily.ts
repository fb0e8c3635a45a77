import type { Logger } from '@souk/service-kit';
import type { ConversationView } from '../projections/conversation/conversation-view.ts';
import type { AttachmentStore } from './attachment-store.ts';

const dayMs = 24 * 60 * 60_000;

export interface SweepOptions {
  readonly attachments: AttachmentStore;
  readonly view: ConversationView;
  readonly log: Logger;
  readonly clock: () => Date;
}

/** Removes files that were sent a day ago and became part of no message: somebody thought better of it. */
export function sweepDaily({ attachments, view, log, clock }: SweepOptions): { close(): void } {
  const sweep = () => {
    attachments
      .sweep(new Date(clock().getTime() - dayMs), (...which) => view.hasAttachment(...which))
      .catch((err: unknown) => log.error({ err }, 'files that nobody sent could not be removed'));
  };
  const timer = setInterval(sweep, dayMs / 4);
  timer.unref();
  return { close: () => clearInterval(timer) };
}
