import { checkoutIdOf, checkoutSaga } from '../../../mfe-cart/backend/src/domain/checkout-saga.ts';
import type { CheckoutData } from '../../../mfe-cart/backend/src/domain/checkout-saga.ts';
import { defineSaga } from '../../../service-kit/src/index.ts';
import { simulateSagas } from '../../../service-kit/src/testing/index.ts';
import { checkoutWorld } from './world.ts';

/** What simulated checkouts came to. */
export interface Simulated {
  readonly checkouts: number;
  readonly confirmed: number;
  readonly undone: number;
  /** Parked when it first became quiet; a person's retry ended each of them. */
  readonly parked: number;
  readonly crashes: number;
  readonly duplicates: number;
  /** Broken promises, each with its seed. */
  readonly broken: readonly string[];
}

/** Checkouts of one world. */
export const CHECKOUTS_PER_SEED = 20;

const stock = { rug: 6, lamp: 9, tile: 14 };
const skus = Object.keys(stock);
const saga = defineSaga<CheckoutData>(checkoutSaga({ timeoutMs: 8000, attempts: 4, backoffMs: [1000, 4000, 16_000] }));

/** Runs one world of checkouts with everything that can go wrong; the same seed is the same run. */
export function simulateCheckouts(seed: number): Simulated {
  const world = checkoutWorld(stock);
  const orders = Array.from({ length: CHECKOUTS_PER_SEED }, (_, index) => order(seed, index));
  const { sagas, parked, counts } = simulateSagas({
    ...{ seed, definitions: [saga], participants: world.participants },
    sagas: orders.map((data, index) => ({ id: checkoutIdOf(data), data, afterMs: index * 10 })),
    operator: () => 'retry',
  });

  const broken: string[] = [];
  const promise = (kept: boolean, what: string) => kept || broken.push(`seed ${seed}: ${what}`);
  let confirmed = 0;
  for (const data of orders) {
    const { orderId } = data;
    const status = sagas.get(checkoutIdOf(data))?.status ?? 'missing';
    const keys = [...world.money].filter(([key]) => key.startsWith(`${orderId}#`));
    const taken = keys.filter(([, state]) => state === 'taken').length;
    const open = keys.filter(([, state]) => state === 'held').length;
    const [isConfirmed, isHeld] = [world.confirmed.has(orderId), world.held.has(orderId)];
    promise(status === 'completed' || status === 'failed', `${orderId} is ${status}`);
    promise(isConfirmed === (status === 'completed'), `${orderId} is ${status} and confirmed: ${isConfirmed}`);
    promise(taken === (isConfirmed ? 1 : 0), `${orderId} is ${status} and charged ${taken} times`);
    promise(isHeld === isConfirmed, `${orderId} is ${status} and its stock is taken: ${isHeld}`);
    promise(open === 0, `${orderId} is ${status} and its money is still held`);
    if (isConfirmed) confirmed++;
  }
  promise(!world.wasNegative(), 'the stock was below zero');
  for (const [sku, pieces] of Object.entries(stock)) {
    const out = [...world.held.values()].flat().filter((line) => line.sku === sku);
    const sum = out.reduce((total, { quantity }) => total + quantity, 0) + (world.shelf.get(sku) ?? 0);
    promise(sum === pieces, `of ${pieces} ${sku} there are ${sum}`);
  }
  const { crashes, duplicates } = counts;
  const checkouts = orders.length;
  return { checkouts, confirmed, undone: checkouts - confirmed, parked: parked.length, crashes, duplicates, broken };
}

function order(seed: number, index: number): CheckoutData {
  const orderId = `o_${seed}-${index}`;
  const pick = (seed * 31 + index * 7) % skus.length;
  const lines = [{ sku: skus[pick]!, quantity: 1 + ((seed + index) % 2) }];
  const money = { token: `tok_${index}`, amountCents: 1000 + index, currency: 'EUR' } as const;
  return { orderId, attempt: 1, cartId: `c_${index}`, ...money, lines };
}
