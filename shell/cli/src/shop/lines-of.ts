/** The lines of a body as they come, without their ends. */
export async function* linesOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<string> {
  if (body === null) return;
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** One event of an event stream. */
export interface StreamEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: string;
}

/** The events of an event stream as they come. */
export async function* streamEventsOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<StreamEvent> {
  let fields: Partial<Record<string, string>> = {};
  for await (const line of linesOf(body)) {
    if (line === '') {
      const { event = 'message', id, data } = fields;
      if (data !== undefined) yield { event, id, data };
      fields = {};
      continue;
    }
    const [, name, value = ''] = /^([^:]+):? ?(.*)$/s.exec(line) ?? [];
    if (name !== undefined) fields[name] = value;
  }
}
