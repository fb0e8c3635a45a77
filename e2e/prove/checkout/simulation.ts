import { checkoutIdOf, checkoutSaga, checkoutSaga3ds } from '../../../mfe-cart/backend/src/domain/checkout-saga.ts';
import type { CheckoutData } from '../../../mfe-cart/backend/src/domain/checkout-saga.ts';
import { defineSaga } from '../../../service-kit/src/index.ts';
import type { SagaAct, SagaState } from '../../../service-kit/src/index.ts';
import { simulateSagas } from '../../../service-kit/src/testing/index.ts';
import { ASKING, checkoutWorld } from './world.ts';

/** What simulated checkouts came to. */
export interface Simulated {
  readonly checkouts: number;
  readonly confirmed: number;
  readonly undone: number;
  /** Parked when it first became quiet; what a person did ended each of them. */
  readonly parked: number;
  /** What persons did. */
  readonly acts: Readonly<Record<SagaAct, number>>;
  readonly crashes: number;
  readonly duplicates: number;
  /** Broken promises, each with its seed. */
  readonly broken: readonly string[];
}

/** Checkouts of one world. */
export const CHECKOUTS_PER_SEED = 20;

const stock = { rug: 6, lamp: 9, tile: 14 };
const skus = Object.keys(stock);
const patience = { timeoutMs: 8000, attempts: 4, backoffMs: [1000, 4000, 16_000] };
const definitions = [checkoutSaga(patience), checkoutSaga3ds(patience, 15 * 60_000)].map((one) =>
  defineSaga<CheckoutData>(one),
);
/** A person who goes forward again and again comes to an end. */
const MAX_RESUMES = 2;

/** Runs one world of checkouts with everything that can go wrong; the same seed is the same run. */
export function simulateCheckouts(seed: number): Simulated {
  const world = checkoutWorld(stock);
  const orders = Array.from({ length: CHECKOUTS_PER_SEED }, (_, index) => order(seed, index));
  const person = somebody(seed, (saga) => world.byHand(saga));
  const { sagas, parked, counts } = simulateSagas({
    ...{ seed, definitions, participants: world.participants, askedAnew: ['cart.payment-capture-requested.v1'] },
    sagas: orders.map((data, index) => {
      const definition = data.token.startsWith(ASKING) ? 'checkout-3ds' : 'checkout';
      return { id: checkoutIdOf(data), definition, data, afterMs: index * 10 };
    }),
    operator: person.act,
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
    // Who skips giving the money back has been told that it stays where it is.
    const isSkipped = person.skipped.has(checkoutIdOf(data));
    const [isConfirmed, isHeld] = [world.confirmed.has(orderId), world.held.has(orderId)];
    promise(status === 'completed' || status === 'failed', `${orderId} is ${status}`);
    promise(isConfirmed === (status === 'completed'), `${orderId} is ${status} and confirmed: ${isConfirmed}`);
    promise(isSkipped || taken === (isConfirmed ? 1 : 0), `${orderId} is ${status} and charged ${taken} times`);
    promise(isHeld === isConfirmed, `${orderId} is ${status} and its stock is taken: ${isHeld}`);
    promise(isSkipped || open === 0, `${orderId} is ${status} and its money is still held`);
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
  const undone = checkouts - confirmed;
  return { checkouts, confirmed, undone, parked: parked.length, acts: person.acts, crashes, duplicates, broken };
}

/** Somebody who repairs what is parked, each in another way: any that is offered. @param byHand done before `resolve` */
function somebody(seed: number, byHand: (saga: SagaState) => void) {
  const acts: Record<SagaAct, number> = { retry: 0, skip: 0, resolve: 0, resume: 0 };
  const resumes = new Map<string, number>();
  const skipped = new Set<string>();
  let turn = seed;
  return {
    acts,
    skipped,
    act(saga: SagaState, offered: readonly SagaAct[]): SagaAct {
      const wished = offered[turn++ % offered.length] ?? 'retry';
      const resumed = resumes.get(saga.id) ?? 0;
      const act = wished === 'resume' && resumed >= MAX_RESUMES ? 'retry' : wished;
      if (act === 'resume') resumes.set(saga.id, resumed + 1);
      if (act === 'skip' && saga.parked?.kind === 'compensation') skipped.add(saga.id);
      if (act === 'resolve') byHand(saga);
      acts[act]++;
      return act;
    },
  };
}

function order(seed: number, index: number): CheckoutData {
  const orderId = `o_${seed}-${index}`;
  const pick = (seed * 31 + index * 7) % skus.length;
  const lines = [{ sku: skus[pick]!, quantity: 1 + ((seed + index) % 2) }];
  const token = index % 2 === 0 ? `tok_${index}` : `${ASKING}${index}`;
  const money = { token, amountCents: 1000 + index, currency: 'EUR' } as const;
  return { orderId, attempt: 1, cartId: `c_${index}`, ...money, lines };
}
