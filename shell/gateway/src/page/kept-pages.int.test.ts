import { request } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { cookieOf, gatewayFixture } from '../testing/index.ts';
import type { GatewayFixture } from '../testing/index.ts';

let shop: GatewayFixture;
afterEach(() => shop.close());

const html = { accept: 'text/html' };

/** Shows what its backend says; counts how often it was rendered. */
const fragment = `let count = 0;
export const render = async ({ fetch, nonce }) => {
  const answer = await fetch('/api/tiny/word');
  const { word } = await answer.json();
  const html = '<tiny-page><style nonce="' + nonce + '"></style>' + word + ' rendered ' + ++count + '</tiny-page>';
  return { status: 200, title: word, html };
};`;

/** However slow the machine is, nothing here is about lateness. */
const openShop = (): Promise<GatewayFixture> =>
  gatewayFixture([{ name: 'tiny', fragment }], { fragmentBudgetMs: 60_000 });

/** A backend with one word, which says how its answer may be kept. */
const answerWord = (state: { word: string }, cacheControl: string): void => {
  shop.backends['tiny'] = (req, res) => {
    const etag = `W/"${state.word}"`;
    res.setHeader('cache-control', cacheControl).setHeader('etag', etag);
    if (req.headers['if-none-match'] === etag) return void res.writeHead(304).end();
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(state));
  };
};

const renderedOf = (text: string): string => /(\w+ rendered \d+)/.exec(text)![1]!;

/** Asks until an answer is filled in from a template, which is made aside. */
const untilTagged = async (headers: Record<string, string>): Promise<Response> => {
  for (;;) {
    const answer = await shop.fetch('/tiny', { headers });
    if (answer.headers.has('etag')) return answer;
    await answer.text();
  }
};

it('renders anew only when what everybody may see has changed, and gives each answer a nonce of its own', async () => {
  shop = await openShop();
  const state = { word: 'blue' };
  answerWord(state, 'public, no-cache');
  const first = await (await shop.fetch('/tiny', { headers: html })).text();
  expect(renderedOf(first)).toBe('blue rendered 1');

  for (const encoding of ['br', 'identity']) {
    const answer = await untilTagged({ ...html, 'accept-encoding': encoding });
    const text = await answer.text();
    expect(renderedOf(text)).toBe('blue rendered 1');
    const [, nonce] = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy')!)!;
    const inText = [...text.matchAll(/nonce="([^"]+)"/g)].map(([, each]) => each);
    expect(inText).toHaveLength(3);
    expect(new Set(inText)).toEqual(new Set([nonce]));
    expect(first).not.toContain(nonce);
  }

  state.word = 'red';
  const changed = await (await shop.fetch('/tiny', { headers: html })).text();
  expect(renderedOf(changed)).toBe('red rendered 2');
});

it('keeps nothing of answers that are for one visitor', async () => {
  shop = await openShop();
  answerWord({ word: 'mine' }, 'private, no-cache');
  for (const count of [1, 2, 3]) {
    const text = await (await shop.fetch('/tiny', { headers: html })).text();
    expect(renderedOf(text)).toBe(`mine rendered ${count}`);
  }
});

it('tells the page each time where its own stream begins, for its own visitor', async () => {
  shop = await openShop();
  answerWord({ word: 'blue' }, 'public, no-cache');
  await untilTagged(html);
  const position = await shop.push('staff', {});
  const texts = await Promise.all([1, 2].map(async () => (await shop.fetch('/tiny', { headers: html })).text()));
  const pushes = texts.map((text) => (JSON.parse(/id="souk-page">(.*?)<\/script>/.exec(text)![1]!) as Page).push);
  for (const push of pushes) expect(push.position).toBe(String(position));
  expect(pushes[0]!.audience).not.toBe(pushes[1]!.audience);
});

interface Page {
  readonly push: { readonly position: string; readonly audience: string };
}

it('answers 304 while nothing has happened, without a policy that would not fit the nonce of the page at hand', async () => {
  shop = await openShop();
  answerWord({ word: 'blue' }, 'public, no-cache');
  const cookie = cookieOf(await shop.fetch('/tiny', { headers: html }));
  const etag = (await untilTagged({ ...html, cookie })).headers.get('etag')!;

  const same = await shop.fetch('/tiny', { headers: { ...html, cookie, 'if-none-match': etag } });
  expect(same.status).toBe(304);
  expect(same.headers.has('content-security-policy')).toBe(false);

  expect((await shop.fetch('/tiny', { headers: { ...html, 'if-none-match': etag } })).status).toBe(200);
  await shop.push('everyone', {});
  expect((await shop.fetch('/tiny', { headers: { ...html, cookie, 'if-none-match': etag } })).status).toBe(200);
});

it.each(['br', 'identity'])('sends the head before a fragment that takes its time is there (%s)', async (encoding) => {
  shop = await openShop();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  shop.backends['tiny'] = (_req, res) => {
    void released.then(() => res.writeHead(200, { 'content-type': 'application/json' }).end('{"word":"late"}'));
  };
  const parts = await new Promise<{ status: number | undefined; next: AsyncIterator<Buffer> }>((resolve, reject) => {
    const req = request(`${shop.url}/tiny`, { headers: { ...html, 'accept-encoding': encoding } }, (res) =>
      resolve({ status: res.statusCode, next: res[Symbol.asyncIterator]() as AsyncIterator<Buffer> }),
    );
    req.on('error', reject).end();
  });
  const { value: head } = (await parts.next.next()) as { value: Buffer };
  expect(head.length).toBeGreaterThan(0);
  if (encoding === 'identity') expect(head.toString()).toContain('modulepreload');
  release();
  const rest: Buffer[] = [];
  for (let part = await parts.next.next(); !part.done; part = await parts.next.next()) rest.push(part.value);
  expect(parts.status).toBe(200);
  if (encoding === 'identity') expect(Buffer.concat(rest).toString()).toContain('late rendered 1');
});
