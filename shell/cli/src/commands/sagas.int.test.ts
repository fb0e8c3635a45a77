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
const line = { ...saga, definition: 'checkout', step: 'authorize-payment', updatedAt: '2026-03-01T08:00:00.000Z' };

let shop: FakeShop;
beforeAll(async () => {
  shop = await fakeShop({
    answers: {
      '/api/cart/sagas?pageSize=100&state=parked&q=o_1': { counts: { parked: 1, running: 2 }, total: 3, sagas: [line] },
      '/api/cart/sagas/o_1-1': saga,
      '/api/cart/sagas/o_1-1/acts': { position: 42 },
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
