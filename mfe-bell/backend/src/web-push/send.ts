import { encryptMessage, type Subscription } from './encrypt.ts';
import type { PushMessage } from './push-message.ts';
import { vapidHeader, type Sender } from './vapid.ts';

/** What became of a message. */
export type Outcome =
  | { readonly kind: 'sent' }
  /** The browser is not there any more, or does not want messages. */
  | { readonly kind: 'gone' }
  /** Not now; the service may have said when. */
  | { readonly kind: 'later'; readonly retryAfterMs: number | undefined; readonly reason: string }
  /** Never, as it is. */
  | { readonly kind: 'refused'; readonly reason: string };

/** A push service that says nothing for so long is tried again later. Milliseconds. */
const deadlineMs = 10_000;

/**
 * Hands one message to the push service of a browser. Never throws.
 * @see https://www.rfc-editor.org/rfc/rfc8030
 */
export async function sendPush(
  sender: Sender,
  subscription: Subscription,
  message: PushMessage,
  { nowMs, signal }: { readonly nowMs: number; readonly signal: AbortSignal },
): Promise<Outcome> {
  const endpoint = new URL(subscription.endpoint);
  let body: Buffer;
  let authorization: string;
  try {
    body = encryptMessage(message.payload, subscription);
    authorization = vapidHeader(sender, endpoint, nowMs);
  } catch (error) {
    return { kind: 'refused', reason: String(error) };
  }
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      // An endpoint was looked at before it was called; where it sends us was not.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
      headers: {
        authorization,
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
        ttl: String(message.ttlSeconds),
        topic: message.topic,
        urgency: message.urgency,
      },
      body: new Uint8Array(body),
    });
    await response.body?.cancel();
    return outcomeOf(response, nowMs);
  } catch (error) {
    return { kind: 'later', retryAfterMs: undefined, reason: String(error) };
  }
}

function outcomeOf({ status, ok, headers }: Response, nowMs: number): Outcome {
  if (ok) return { kind: 'sent' };
  if (status === 404 || status === 410) return { kind: 'gone' };
  const reason = `the push service answers ${status}`;
  if (status === 429 || status >= 500) return { kind: 'later', retryAfterMs: retryAfter(headers, nowMs), reason };
  return { kind: 'refused', reason };
}

/** Seconds, or a date (RFC 9110). */
function retryAfter(headers: Headers, nowMs: number): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - nowMs;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
