import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { BANK_FILE } from './asking-bank.ts';
import type { BankAnswer } from './asking-bank.ts';
import { shopper } from './shopper.ts';
import type { Shopper } from './shopper.ts';

/** What killing came to. */
export interface Killed {
  readonly kills: number;
  readonly failed: number;
  readonly broken: readonly string[];
}

interface Border {
  readonly type: string;
  readonly when: 'before' | 'after';
  readonly card: Card;
}

/** A card, what becomes of an order that is paid with it, and what its holder does when the bank asks. */
interface Card {
  readonly number: string;
  readonly end: 'confirmed' | 'payment-declined' | 'payment-failed';
  readonly bank?: BankAnswer | 'silent';
}

const cards = {
  good: { number: '4242424242424242', end: 'confirmed' },
  declined: { number: '4000000000000002', end: 'payment-declined' },
  stuck: { number: '4000000000005126', end: 'payment-failed' },
  confirmed: { number: '4242424242424242', end: 'confirmed', bank: 'confirmed' },
  refused: { number: '4242424242424242', end: 'payment-declined', bank: 'refused' },
  left: { number: '4242424242424242', end: 'payment-declined', bank: 'silent' },
} as const satisfies Record<string, Card>;

/** How long a card holder has; who says nothing is not waited for longer than a run may take. */
const confirmWithinMs = { answered: 120_000, silent: 3000 };

/** Events at whose append the shop is killed, by the card that leads to them. */
const steps: readonly (readonly [card: Card, types: readonly string[]])[] = [
  [
    cards.good,
    [
      ...['cart.checkout-requested.v2', 'cart.order-placed.v2', 'cart.saga-started.v1', 'cart.payment-authorized.v1'],
      ...['cart.stock-requested.v1', 'catalog.stock-reserved.v1', 'cart.payment-capture-requested.v1'],
      ...['cart.payment-captured.v1', 'cart.order-confirmation-requested.v1', 'cart.checked-out.v1'],
      ...['cart.order-confirmed.v1', 'cart.saga-ended.v1'],
    ],
  ],
  [cards.declined, ['cart.payment-declined.v1']],
  [
    cards.stuck,
    [
      ...['cart.payment-capture-refused.v1', 'cart.stock-release-requested.v1', 'catalog.stock-released.v1'],
      ...['cart.payment-void-requested.v1', 'cart.saga-step-timed-out.v1'],
    ],
  ],
  // `checkout-3ds`: the order waits for the shopper at their bank.
  [
    cards.confirmed,
    [
      ...['cart.saga-started.v1', 'cart.payment-action-required.v1', 'cart.payment-authentication-requested.v1'],
      ...['cart.payment-authorized.v1', 'cart.stock-requested.v1', 'cart.order-confirmed.v1', 'cart.saga-ended.v1'],
    ],
  ],
  [cards.refused, ['cart.payment-declined.v1', 'cart.payment-void-requested.v1', 'cart.payment-voided.v1']],
  [
    cards.left,
    [
      ...['cart.saga-step-timed-out.v1', 'cart.payment-void-requested.v1', 'cart.payment-voided.v1'],
      ...['cart.saga-ended.v1', 'cart.payment-declined.v1'],
    ],
  ],
];
const borders: readonly Border[] = steps.flatMap(([card, types]) =>
  types.flatMap((type) => (['before', 'after'] as const).map((when) => ({ type, when, card }))),
);

const script = join(import.meta.dirname, 'dying-shop.ts');

/** Kills a shop at one border after the other, starts it again, and looks at what became of the order. */
export async function killAtBorders(options: {
  readonly kills: number;
  readonly seed: number;
  readonly progress: (line: string) => void;
}): Promise<Killed> {
  const { kills, seed, progress } = options;
  const dir = await mkdtemp(join(tmpdir(), 'souk-kills-'));
  const broken: string[] = [];
  let failed = 0;
  try {
    const port = await freePort();
    const template = join(dir, 'template');
    await stop(await start({ port, dataDir: template }));
    for (let kill = 0; kill < kills; kill++) {
      const border = borders[(seed + kill) % borders.length]!;
      const dataDir = join(dir, `run-${kill}`);
      await cp(template, dataDir, { recursive: true });
      const wrong = await killOnce(port, dataDir, border).catch((error: unknown) => [String(error)]);
      if (wrong.length > 0) failed++;
      const path = border.card.bank === undefined ? '' : `, bank: ${border.card.bank}`;
      const name = `kill ${kill + 1} of ${kills}, right ${border.when} ${border.type}${path}`;
      broken.push(...wrong.map((line) => `${name} (seed ${seed + kill}): ${line}`));
      progress(`${name}: ${wrong.length === 0 ? 'kept' : wrong.join('; ')}`);
      await rm(dataDir, { recursive: true, force: true });
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
  return { kills, failed, broken };
}

async function killOnce(port: number, dataDir: string, { type, when, card }: Border): Promise<string[]> {
  const child = await start({ port, dataDir, card, dieAt: `${type}:${when}` });
  const died = once(child, 'exit');
  const anna = await shopper(`http://localhost:${port}`);
  const { sku, available } = await anna.fill();
  const wish = await anna.wish(card.number);
  const atBank = new AbortController();
  const { bank } = card;
  // Its answer may never come.
  void anna.checkOut(wish).catch(() => undefined);
  if (bank === 'confirmed' || bank === 'refused')
    void anna.answerBank(() => writeFileSync(join(dataDir, BANK_FILE), bank), atBank.signal);
  try {
    const [, signal] = (await Promise.race([died, delay(60_000, [null, 'nothing'])])) as [unknown, string];
    if (signal !== 'SIGKILL') {
      child.kill('SIGKILL');
      return [`the shop did not come to this border`];
    }

    const again = await start({ port, dataDir, card });
    try {
      const orderId = await anna.checkOutUntilPlaced(wish);
      const status = await anna.end(orderId);
      return [
        ...(await inOrder(anna, orderId, status, sku, available, card)),
        ...booksInOrder(dataDir, orderId, status),
      ];
    } finally {
      await stop(again);
    }
  } finally {
    atBank.abort();
  }
}

async function inOrder(anna: Shopper, orderId: string, status: string, sku: string, before: number, card: Card) {
  const [left, orders, inCart] = [await anna.available(sku), await anna.orders(), await anna.inCart()];
  const isConfirmed = status === 'confirmed';
  return [
    ...(status === card.end ? [] : [`${orderId} ended as ${status}`]),
    ...(left === before - (isConfirmed ? 1 : 0) ? [] : [`of ${before} pieces ${left} are left`]),
    ...(orders === 1 ? [] : [`there are ${orders} orders`]),
    ...(inCart === (isConfirmed ? 0 : 1) ? [] : [`the cart holds ${inCart}`]),
  ];
}

/** The provider's own books, in its own file. */
function booksInOrder(dataDir: string, orderId: string, status: string): string[] {
  const books = new DatabaseSync(join(dataDir, 'payments.db'), { readOnly: true });
  try {
    const sql = 'SELECT operation, count(*) AS n FROM ledger WHERE order_id = ? GROUP BY operation';
    const rows = books.prepare(sql).all(orderId) as { operation: string; n: number }[];
    const count = (operation: string) => rows.find((row) => row.operation === operation)?.n ?? 0;
    const taken = count('capture') - count('refund');
    const held = count('authorize') - count('capture') - count('void');
    return [
      ...(taken === (status === 'confirmed' ? 1 : 0) ? [] : [`charged ${taken} times`]),
      ...(held <= 0 ? [] : ['money is still held']),
    ];
  } finally {
    books.close();
  }
}

async function start(shop: {
  readonly port: number;
  readonly dataDir: string;
  readonly card?: Card;
  readonly dieAt?: string;
}): Promise<ChildProcess> {
  const { port, dataDir, card, dieAt = '' } = shop;
  const patience = card?.bank && String(confirmWithinMs[card.bank === 'silent' ? 'silent' : 'answered']);
  const env = {
    ...{ PATH: process.env.PATH, PORT: String(port), DATA_DIR: dataDir, DIE_AT: dieAt },
    ...(patience && { CONFIRM_WITHIN_MS: patience }),
  };
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [message] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown];
  if (message !== 'ready') throw new Error('the shop did not start');
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
