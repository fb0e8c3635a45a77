import { setTimeout as delay } from 'node:timers/promises';

/** Where a page's stream begins, as the page is told. */
export interface PushStart {
  readonly position: string;
  readonly epoch: string;
  readonly audience: string;
}

/** Reads a push stream as a page does, over any number of connections, and notes what it gets. */
export interface StreamReader {
  /** Positions of the messages, in the order in which they came. */
  readonly got: readonly number[];
  /** What they carry, as JSON, in the same order. */
  readonly data: readonly string[];
  readonly resets: number;
  /** Connections that said something. */
  readonly connections: number;
  /** Up to here everything was said. */
  readonly position: number;
  /** Beats that named another message than the one that came last. */
  readonly gaps: number;
  close(): Promise<void>;
}

/** @param waitMs how long to wait before the next connection */
export const readStream = (
  url: string,
  cookie: string,
  { position, epoch, audience }: PushStart,
  waitMs: () => number,
): StreamReader => {
  const stop = new AbortController();
  const got: number[] = [];
  const data: string[] = [];
  let last = Number(position);
  let [resets, connections, gaps] = [0, 0, 0];

  const take = (block: string) => {
    const fields = new Map(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const),
    );
    const id = fields.get('id');
    if (id === undefined) return;
    const event = fields.get('event') ?? 'message';
    if (event === 'message') {
      got.push(Number(id));
      data.push(fields.get('data') ?? '');
    }
    if (event === 'reset') resets++;
    if (event === 'beat' && Number(fields.get('data')) !== last) gaps++;
    last = Number(id);
  };
  const read = async () => {
    const query = new URLSearchParams({ after: String(last), epoch, audience });
    const response = await fetch(`${url}/push?${query}`, { headers: { cookie }, signal: stop.signal });
    if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
    connections++;
    let text = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + chunk).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) take(block);
    }
  };
  const reading = (async () => {
    while (!stop.signal.aborted) {
      await read().catch(() => undefined);
      await delay(waitMs(), undefined, { signal: stop.signal }).catch(() => undefined);
    }
  })();

  return {
    got,
    data,
    get resets() {
      return resets;
    },
    get connections() {
      return connections;
    },
    get position() {
      return last;
    },
    get gaps() {
      return gaps;
    },
    async close() {
      stop.abort();
      await reading;
    },
  };
};
