import type { EventChannel, Message, Subscription } from '@souk/event-channel';

/** How long we ask whether somebody is there, in milliseconds. */
const ASK_MS = 40;
/** How long somebody who was there is taken to be there still, in milliseconds. */
const TRUST_MS = 250;

const HERE: Message = { data: null };

/** Whether somebody answers commands of one event type. */
export interface HandlerPresence extends Subscription {
  /**
   * Only "nobody listens" means no: who listens and is too busy to say so within 40 milliseconds is there. Whoever was
   * there a quarter of a second ago and has not said goodbye is not asked again.
   */
  isThere(): Promise<boolean>;
}

/** Says, for as long as it is open, that somebody here answers commands of this event type; and goodbye when it closes. */
export function announceHandler(channel: EventChannel, commandType: string): Subscription {
  const here = channel.respond(presenceSubject(commandType), 'handlers', async () => HERE);
  return {
    async close() {
      await here.close();
      try {
        channel.publish(goodbyeSubject(commandType), HERE);
      } catch (error) {
        // Closed before us: then nobody asks over it any more.
        if (codeOf(error) !== 'channel-closed') throw error;
      }
    },
  };
}

/** Watches whether somebody answers commands of this event type. */
export function handlerPresence(channel: EventChannel, commandType: string): HandlerPresence {
  let trustedUntil = 0;
  let goodbyes = 0;
  const subscription = channel.subscribe(goodbyeSubject(commandType), () => {
    goodbyes++;
    trustedUntil = 0;
  });

  return {
    async isThere() {
      if (performance.now() < trustedUntil) return true;
      const before = goodbyes;
      const found = await isHeard(channel, commandType);
      // A goodbye that came meanwhile may be that of whoever answered.
      if (found && goodbyes === before) trustedUntil = performance.now() + TRUST_MS;
      return found;
    },
    close: () => subscription.close(),
  };
}

async function isHeard(channel: EventChannel, commandType: string): Promise<boolean> {
  try {
    await channel.request(presenceSubject(commandType), HERE, { timeoutMs: ASK_MS });
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'no-responders') return false;
    if (code === 'request-timeout' || code === 'responder-failed') return true;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown }).code;
}

/** Its first token is no stream, so no log keeps it. */
function presenceSubject(commandType: string): string {
  return `souk-handlers.${commandType}`;
}

function goodbyeSubject(commandType: string): string {
  return `souk-handlers-gone.${commandType}`;
}
