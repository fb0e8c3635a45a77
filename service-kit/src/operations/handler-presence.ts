import type { EventChannel, Message, Subscription } from '@souk/event-channel';

/** How long we ask whether somebody is there, in milliseconds. */
const ASK_MS = 40;

const HERE: Message = { data: null };

/** Says, for as long as it is open, that somebody here answers commands of this event type. */
export function announceHandler(channel: EventChannel, commandType: string): Subscription {
  return channel.respond(presenceSubject(commandType), 'handlers', async () => HERE);
}

/**
 * Whether somebody answers commands of this event type. Only "nobody listens" means no: who listens and is too busy to say
 * so within 40 milliseconds is there.
 */
export async function hasHandler(channel: EventChannel, commandType: string): Promise<boolean> {
  try {
    await channel.request(presenceSubject(commandType), HERE, { timeoutMs: ASK_MS });
    return true;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'no-responders') return false;
    if (code === 'request-timeout' || code === 'responder-failed') return true;
    throw error;
  }
}

/** Its first token is no stream, so no log keeps it. */
function presenceSubject(commandType: string): string {
  return `souk-handlers.${commandType}`;
}
