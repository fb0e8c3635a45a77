import { RequestProblem } from './request.ts';

/** One message of an event stream. */
export interface StreamMessage {
  /** @default 'message' */
  readonly event: string;
  readonly id: string | undefined;
  readonly data: string;
}

/**
 * Messages of an event stream, all that came in one piece together, so that a flood is taken in gulps. The browser's
 * `EventSource` cannot POST, and does not say why a stream was refused.
 * @throws {RequestProblem} when the connection breaks; the end of the stream is no error
 * @throws the reason of `signal`
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export async function* messagesOf(response: Response, signal: AbortSignal): AsyncGenerator<readonly StreamMessage[]> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = (await reader?.read()) ?? { done: true };
      if (done || value === undefined) return;
      const blocks = (rest + value).split('\n\n');
      rest = blocks.pop() ?? '';
      const messages = blocks.map(messageOf).filter((message) => message !== undefined);
      if (messages.length > 0) yield messages;
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw new RequestProblem('The connection broke.', { cause });
  } finally {
    await reader?.cancel().catch(() => undefined);
  }
}

/** `undefined` for a comment, or a mere `retry:`. */
function messageOf(block: string): StreamMessage | undefined {
  const fields = new Map<string, string[]>();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).replace(/^ /, '');
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  const data = fields.get('data');
  if (!data) return undefined;
  return { event: fields.get('event')?.at(-1) ?? 'message', id: fields.get('id')?.at(-1), data: data.join('\n') };
}
