import { chatApi } from '../api-client.ts';
import { openOutbox } from './outbox.ts';
import { postOutgoing } from './post-outgoing.ts';

/** Sends what an earlier page could not, for whoever wrote it and is still here. */
export async function sendUnsent(owner: string, signal: AbortSignal): Promise<void> {
  const { ownId } = await chatApi.conversation(signal);
  if (ownId !== owner) return;
  openOutbox({
    ...{ owner, signal },
    post: (message, until) => postOutgoing(message, undefined, until),
    changed: () => {},
    sent: () => {},
  });
}
