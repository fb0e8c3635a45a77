import { afterAll, beforeAll, expect, it } from 'vitest';
import { fakeShop, type FakeShop } from '../testing/fake-shop.ts';
import { souk } from '../testing/run-souk.ts';

const saga = {
  ...{ id: 'o_1-1', state: 'parked', reason: 'the bank is silent', correlationId: 'r_1', revision: 7 },
  definition: { name: 'checkout', version: 1 },
  steps: [
    {
      ...{ name: 'authorize-payment', state: 'parked' },
      attempts: [
        { kind: 'forward', attempt: 1, outcome: 'succeeded' },
        { kind: 'compensation', attempt: 3, outcome: 'timed-out' },
      ],
    },
    {
      name: 'reserve-stock',
      state: 'failed',
      attempts: [{ kind: 'forward', attempt: 1, outcome: 'failed', reason: 'gone' }],
    },
  ],
  timeline: [{ time: '2026-03-01T08:00:00.000Z', title: 'Sent', type: 'cart.payment-void-requested.v1' }],
  next: { what: 'Waits for an operator' },
  acts: ['retry', 'skip', 'resolve'],
};
const ofStock = {
  ...saga,
  ...{ id: 'r_9', state: 'running', acts: [], reason: undefined },
  definition: { name: 'refill', version: 2 },
};
const line = { ...saga, definition: 'checkout', step: 'authorize-payment', updatedAt: '2026-03-01T08:00:00.000Z' };

let shop: FakeShop;
beforeAll(async () => {
  const later = { ...ofStock, definition: 'refill', step: 'order', updatedAt: '2026-03-02T08:00:00.000Z' };
  shop = await fakeShop({
    without: ['cart', 'catalog', 'stock'],
    answers: {
      '/readyz': { backends: ['catalog', 'cart', 'stock'], frontends: {}, backendsMissing: [] },
      '/api/cart/sagas?pageSize=100&state=parked&q=o_1': { counts: { parked: 1, running: 2 }, total: 3, sagas: [line] },
      '/api/cart/sagas?pageSize=100': { counts: { parked: 1, running: 2 }, total: 1, sagas: [line] },
      '/api/stock/sagas?pageSize=100': { counts: { running: 1 }, total: 1, sagas: [later] },
      '/api/cart/sagas/o_1-1': saga,
      '/api/cart/sagas/o_1-1/acts': { position: 42 },
      '/api/stock/sagas/r_9': ofStock,
      '/api/cart/sagas/both': saga,
      '/api/stock/sagas/both': saga,
    },
  });
});
afterAll(() => shop.close());

const run = (...args: string[]) => souk([...args, '--url', shop.url], { STAFF_PASSWORD: 'sesame-street' });

it('list shows sagas and counts them by state', async () => {
  const { code, stdout } = await run('sagas', 'list', '--state', 'parked', '--id', 'o_1');
  expect(code).toBe(0);
  expect(stdout.split('\n')).toEqual([
    '2026-03-01T08:00:00.000Z  parked        o_1-1  checkout  authorize-payment  the bank is silent',
    '',
    '1 parked, 0 compensating, 2 running, 0 failed, 0 completed (2 older ones are not shown)',
    '',
  ]);
});

it('list asks every backend that has sagas, and puts what moved last first', async () => {
  const { code, stdout } = await run('sagas', 'list');
  expect(code).toBe(0);
  const lines = stdout.split('\n');
  expect(lines[0]).toContain('r_9  refill');
  expect(lines[1]).toContain('o_1-1  checkout');
  expect(stdout).toContain('1 parked, 0 compensating, 3 running');
});

it('show finds a saga whoever runs it, and asks which one where two have the same id', async () => {
  expect((await run('sagas', 'show', 'r_9')).stdout).toContain('r_9  refill v2  running');
  const two = await run('sagas', 'show', 'both');
  expect(two.code).not.toBe(0);
  expect(two.stderr).toContain('say cart/both or stock/both');
});

it('show takes the backend before the id, and says when nobody has it', async () => {
  expect((await run('sagas', 'show', 'stock/r_9')).stdout).toContain('r_9  refill v2  running');
  expect((await run('sagas', 'show', 'nobody')).stderr).toContain('there is no saga "nobody"');
});

it('show tells where it stands, its steps, what happened and what may be done', async () => {
  const { stdout } = await run('sagas', 'show', 'o_1-1');
  for (const said of [
    'o_1-1  checkout v1  parked',
    'Waits for an operator',
    'may be done    retry, skip, resolve',
    '  undo, attempt 3: timed-out',
    '  attempt 1: failed (gone)',
    'Sent cart.payment-void-requested.v1',
  ])
    expect(stdout).toContain(said);
});

it('an act is done to the saga as it was seen, with its reason', async () => {
  const { code, stdout } = await run('sagas', 'resolve', 'o_1-1', '--why', 'Called them', '--evidence', 'Ticket 17');
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'done, at position 42\n' });
  expect(shop.bodies.at(-1)).toEqual({ act: 'resolve', why: 'Called them', evidence: 'Ticket 17', revision: 7 });
});

it.each([
  [['sagas', 'retry', 'o_1-1'], 'say --why'],
  [['sagas', 'resolve', 'o_1-1', '--why', 'x'], 'give --evidence'],
  [['sagas', 'resume', 'o_1-1', '--why', 'x'], '"o_1-1" is parked: resume does not fit'],
  [['sagas', 'list', '--state', 'odd'], '"odd" is none'],
])('%j is refused', async (args, message) => {
  const { code, stderr } = await run(...args);
  expect(code).not.toBe(0);
  expect(stderr).toContain(message);
});
