import { describe, expect, it } from 'vitest';
import { getJson, RequestProblem } from './get-json.ts';

const answering = (response: Response) => async () => response;

describe('a question to the backend', () => {
  it('gives the body of the answer', async () => {
    expect(await getJson('/x', { fetch: answering(Response.json({ total: 3 })) })).toEqual({ total: 3 });
  });

  it('passes the path and the signal on', async () => {
    const { signal } = new AbortController();
    const asked: unknown[] = [];
    const fetch = async (...args: unknown[]) => (asked.push(...args), Response.json(1));
    await getJson('/api/x?y=z', { fetch, signal });
    expect(asked).toEqual(['/api/x?y=z', { signal }]);
  });

  it.each([
    [400, true],
    [404, true],
    [429, false],
    [500, false],
    [0, false],
  ])('counts status %i as final: %s', (status, isFinal) => {
    expect(new RequestProblem(status, 'no').isFinal).toBe(isFinal);
  });

  it.each([404, 500, 503])('tells a refusal with status %i', async (status) => {
    const asking = getJson('/x', { fetch: answering(new Response('no', { status })) });
    await expect(asking).rejects.toThrow(RequestProblem);
    await expect(asking).rejects.toMatchObject({ status });
  });

  it('has status 0 and the cause when no answer came', async () => {
    const cause = new TypeError('fetch failed');
    const asking = getJson('/x', { fetch: () => Promise.reject(cause) });
    await expect(asking).rejects.toThrow(RequestProblem);
    await expect(asking).rejects.toMatchObject({ status: 0, cause });
  });

  it('has status 0 when the answer is no JSON, such as the page of a proxy', async () => {
    const asking = getJson('/x', { fetch: answering(new Response('<h1>Welcome to the hotel</h1>')) });
    await expect(asking).rejects.toMatchObject({ name: 'RequestProblem', status: 0 });
  });

  it('ends with the reason of its signal, also in the middle of the body', async () => {
    const ending = new AbortController();
    const reason = new Error('not needed any more');
    const body = new ReadableStream({
      pull(stream) {
        ending.abort(reason);
        stream.error(reason);
      },
    });
    const asking = getJson('/x', { fetch: answering(new Response(body)), signal: ending.signal });
    await expect(asking).rejects.toBe(reason);
  });
});
