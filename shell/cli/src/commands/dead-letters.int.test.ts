import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { souk } from '../testing/run-souk.ts';

const letter = {
  ...{ reactor: 'cart-push', stream: 'cart', subject: 'cart.order.o_1', position: 17, type: 'cart.order-placed.v1' },
  ...{ reason: 'handler failed: poison', deliveryCount: 5, parkedAt: '2026-11-23T10:00:00.000Z' },
};
const asked: { readonly path: string; readonly body: string }[] = [];
/** A shop with one dead letter, a backend that keeps none, and one that does not answer. */
const server = createServer(async (req, res) => {
  const { url = '' } = req;
  const body = (await req.setEncoding('utf8').toArray()).join('');
  asked.push({ path: url, body });
  const answer = (status: number, json: unknown) => res.writeHead(status).end(JSON.stringify(json));
  if (url === '/sign-in') res.writeHead(303, { location: '/desk', 'set-cookie': 'souk_session=s1; HttpOnly' }).end();
  else if (url === '/readyz')
    answer(200, { channel: {}, frontends: { cart: '1', ops: '1' }, backendsMissing: missing });
  else if (url === '/api/cart/dead-letters') answer(200, { deadLetters: [letter] });
  else if (url === '/api/cart/dead-letters/cart-push/17') answer(200, { ...letter, event: { id: 'e_1', data: 1 } });
  else if (url.startsWith('/api/cart/dead-letters/cart-push/17/')) answer(200, { position: 40 });
  else if (url.startsWith('/api/ops/')) answer(404, { detail: 'nothing' });
  else if (url.startsWith('/api/chat/')) answer(503, { detail: 'not there' });
  else answer(200, { status: 'alive' });
});
let missing: string[] = [];
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const run = (...args: string[]) => souk(['dead-letters', ...args, '--url', url], { STAFF_PASSWORD: 'p' });

it('list tells them with their reasons, and who could not be asked', async () => {
  missing = [];
  const listed = await run('list');
  expect(listed).toMatchObject({ code: 0, stderr: '' });
  expect(listed.stdout).toMatch(
    /^cart-push +17 +cart\.order-placed\.v1 +cart\.order\.o_1 +2026\S+ +handler failed: poison$/m,
  );
  missing = ['chat'];
  const partly = await run('list', '--json');
  expect(partly.code).toBe(1);
  expect(JSON.parse(partly.stdout)).toEqual({ deadLetters: [{ backend: 'cart', ...letter }], missing: ['chat'] });
  missing = [];
});

it('show prints the event, replay and dismiss send the note', async () => {
  expect((await run('show', 'cart-push', '17')).stdout).toMatch(/^reason +handler failed: poison$[^]*"id": "e_1"/m);
  const replayed = await run('replay', 'cart-push', '17', '--note', 'mended');
  expect(replayed).toEqual({ code: 0, stderr: '', stdout: expect.stringMatching(/^cart-push 17: .*\(event #40\)\n$/) });
  expect(asked.at(-2)).toEqual({ path: '/api/cart/dead-letters/cart-push/17/replay', body: '{"note":"mended"}' });
  const dismissed = await run('dismiss', 'cart-push', '17', '--note', 'a test', '--json');
  expect(JSON.parse(dismissed.stdout)).toEqual({ reactor: 'cart-push', letter: 17, act: 'dismiss', position: 40 });
});

it('what is not there, or not said, is told in one line', async () => {
  expect(await run('show', 'cart-push', '18')).toMatchObject({
    code: 1,
    stderr: 'there is no dead letter of "cart-push" at position 18\n',
  });
  expect(await run('dismiss', 'cart-push', '17')).toMatchObject({
    code: 2,
    stderr: 'souk dead-letters dismiss: --note is missing\n',
  });
  expect((await run('show', 'cart-push', 'x')).code).toBe(2);
});
