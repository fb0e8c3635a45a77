import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { given } from '@souk/service-kit/testing';
import { appendLines, asStaff, openQueryFixture, type QueryFixture } from '../testing/fixtures.ts';

interface Frame {
  readonly event: string;
  readonly id: string | undefined;
  // oxlint-disable-next-line typescript/no-explicit-any -- compared with what is expected, member by member
  readonly data: any;
}

let fixture: QueryFixture;
const open: { stop(): void }[] = [];
beforeEach(async () => {
  fixture = await openQueryFixture({ deadlineMs: 5_000 });
  await appendLines(fixture.channel, 'a', 3);
});
afterEach(async () => {
  for (const { stop } of open.splice(0)) stop();
  await fixture.close();
});

/** Opens a stream; `next(event)` is the next event of this name, whatever comes between. */
async function listen(path: string, init: { readonly json?: unknown; readonly headers?: Record<string, string> } = {}) {
  const stop = new AbortController();
  open.push({ stop: () => stop.abort() });
  const method = init.json === undefined ? 'GET' : 'POST';
  const response = await fixture.server.fetch(path, { ...asStaff, ...init, method, signal: stop.signal });
  const frames = framesOf(response);
  const next = async (event: string): Promise<Frame> => {
    for (;;) {
      const { value } = await frames.next();
      if (value === undefined || value.event === event) return value as Frame;
    }
  };
  return { response, next, frames };
}

async function* framesOf(response: Response): AsyncGenerator<Frame> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
      const data = field('data');
      if (data !== undefined) yield { event: field('event') ?? 'message', id: field('id'), data: JSON.parse(data) };
    }
  }
}

const count = { sql: 'SELECT count(*) AS n FROM events EMIT CHANGES' };

describe('EMIT CHANGES', () => {
  it('keeps a result current, with its position as id', async () => {
    const { response, next } = await listen('/api/events/query', { json: count });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(await next('result')).toMatchObject({
      id: '3',
      data: { position: 3, rows: [[3]], columns: [{ name: 'n' }] },
    });
    await appendLines(fixture.channel, 'a', 2);
    let last = await next('result');
    while (last.id !== '5') last = await next('result');
    expect(last.data.rows).toEqual([[5]]);
  });

  it('sends no result that is the same, only the position', async () => {
    const json = { kql: "events | where type == 'cart.bought.v1' | count EMIT CHANGES" };
    const { frames } = await listen('/api/events/query', { json });
    expect((await frames.next()).value).toMatchObject({ event: 'result', data: { rows: [[0]] } });
    await appendLines(fixture.channel, 'b', 1);
    expect((await frames.next()).value).toMatchObject({ event: 'position', id: '4', data: { position: 4 } });
    await given(fixture.channel, 'cart.cart.a', [{ type: 'cart.bought.v1', data: {} }]);
    expect((await frames.next()).value).toMatchObject({ event: 'result', id: '5', data: { rows: [[1]] } });
  });

  it('resumes: nothing where nothing happened, the result where something did', async () => {
    const same = await listen('/api/events/query', { json: count, headers: { 'last-event-id': '3' } });
    await appendLines(fixture.channel, 'a', 1);
    expect((await same.frames.next()).value).toMatchObject({ id: '4', data: { rows: [[4]] } });
    const later = await listen('/api/events/query', { json: count, headers: { 'last-event-id': '3' } });
    expect((await later.frames.next()).value).toMatchObject({ id: '4', data: { rows: [[4]] } });
  });

  it('a wrong statement, a slow one and a wrong id are refused before the stream begins', async () => {
    for (const [json, headers, status] of [
      [{ sql: 'SELECT nothing_at_all FROM events EMIT CHANGES' }, {}, 400],
      [{ sql: 'DELETE FROM events EMIT CHANGES' }, {}, 400],
      [count, { 'last-event-id': 'x' }, 400],
    ] as const) {
      const { response } = await listen('/api/events/query', { json, headers });
      expect(response.status).toBe(status);
    }
  });

  it('what goes wrong later is said, and ends the stream', async () => {
    const sql = `SELECT json_extract(iif(count(*) > 3, '{', '{}'), '$') FROM events EMIT CHANGES`;
    const { frames } = await listen('/api/events/query', { json: { sql } });
    expect((await frames.next()).value).toMatchObject({ event: 'result' });
    await appendLines(fixture.channel, 'a', 1);
    expect((await frames.next()).value).toMatchObject({ event: 'error', data: { code: 'invalid-query' } });
    expect((await frames.next()).done).toBe(true);
  });
});

describe('the tail', () => {
  it('begins with the last ones that match, and goes on with what comes', async () => {
    const { next } = await listen('/api/events/tail?last=2');
    expect((await next('event')).data).toMatchObject({ position: 2, subject: 'cart.cart.a', data: { n: 2 } });
    expect((await next('event')).id).toBe('3');
    await appendLines(fixture.channel, 'b', 2);
    expect((await next('event')).data).toMatchObject({ position: 4, subject: 'cart.cart.b' });
    expect((await next('event')).id).toBe('5');
  });

  it('resumes behind the last id, with nothing lost and nothing twice, over pages', async () => {
    await appendLines(fixture.channel, 'c', 1_200);
    const { next } = await listen('/api/events/tail', { headers: { 'last-event-id': '2' } });
    const seen: number[] = [];
    while (seen.at(-1) !== 1_203) seen.push(Number((await next('event')).id));
    expect(seen).toEqual(Array.from({ length: 1_201 }, (_, index) => index + 3));
  });

  it.each([
    ['stream=chat', 'chat.conversation.c1'],
    ['type=chat.*', 'chat.conversation.c1'],
    ['type=*posted.v1', 'chat.conversation.c1'],
    ['subject=cart.*.b', 'cart.cart.b'],
    ['subject=chat.>', 'chat.conversation.c1'],
    ['correlation=talk', 'chat.conversation.c1'],
  ])('shows only %s', async (filter, subject) => {
    const { next } = await listen(`/api/events/tail?${filter}`);
    await appendLines(fixture.channel, 'b.deeper', 1);
    await appendLines(fixture.channel, 'b', 1);
    const cause = { correlationid: 'talk', causationid: 'talk', traceparent: 'x' };
    await given(fixture.channel, 'chat.conversation.c1', [
      {
        specversion: '1.0',
        id: 'e_c1',
        source: '/chat',
        type: 'chat.message-posted.v1',
        time: new Date().toISOString(),
        datacontenttype: 'application/json',
        data: {},
        ...cause,
      },
    ]);
    expect((await next('event')).data.subject).toBe(subject);
  });

  it.each(['subject=>', 'subject=cart', 'after=x', 'last=501', 'last=x', 'subject=cart.%27'])(
    'refuses %s',
    async (query) => {
      const { response } = await listen(`/api/events/tail?${query}`);
      expect(response.status).toBe(400);
    },
  );
});

it('closing does not wait for streams', async () => {
  const { next, frames } = await listen('/api/events/query', { json: count });
  await next('result');
  await fixture.backend.close();
  await expect(frames.next()).resolves.toMatchObject({ done: true });
});
