import { paymentKey } from '../../../mfe-cart/backend/src/domain/checkout-saga.ts';
import type { CheckoutData } from '../../../mfe-cart/backend/src/domain/checkout-saga.ts';
import { decideReservation } from '../../../mfe-catalog/backend/src/domain/reservation.ts';
import type { StockLine } from '../../../mfe-catalog/backend/src/domain/reservation.ts';
import type { SagaState } from '../../../service-kit/src/index.ts';
import type { SimulatedHandler, SimulatedReply, SimulationOptions } from '../../../service-kit/src/testing/index.ts';

/** What the payment provider did under a key. */
type Money = 'asked' | 'declined' | 'held' | 'taken' | 'voided' | 'refunded' | 'expired';

/** Everything that takes part in checkouts, in memory: a payment provider, a shelf, a cart. */
export interface World {
  readonly participants: SimulationOptions['participants'];
  /** By the provider's key. */
  readonly money: ReadonlyMap<string, Money>;
  /** What is set aside, by order. */
  readonly held: ReadonlyMap<string, readonly StockLine[]>;
  /** What is left of each sku. */
  readonly shelf: ReadonlyMap<string, number>;
  readonly confirmed: ReadonlySet<string>;
  /** What a person does by hand before they say that a step is resolved. */
  byHand(saga: Pick<SagaState, 'id' | 'parked' | 'data'>): void;
  /** Whether the shelf was ever below zero. */
  readonly wasNegative: () => boolean;
}

/** A provider says nothing this often, before or after it did what it was asked. */
const SILENCE = 0.1;
const REFUSAL = 0.08;
/** The shopper has not confirmed yet, each time that it is looked. */
const UNCONFIRMED = 0.8;
/** Giving back gets no answer so often that some checkouts need a person. */
const STUCK = 0.5;

/** Beginning of the tokens of cards whose bank may ask. */
export const ASKING = 'tok_asking_';

/** Opens a world in which not every checkout can succeed. @param stock pieces of each sku */
export function checkoutWorld(stock: Readonly<Record<string, number>>): World {
  const money = new Map<string, Money>();
  const held = new Map<string, readonly StockLine[]>();
  const shelf = new Map(Object.entries(stock));
  const confirmed = new Set<string>();
  let negative = false;

  const move = (lines: readonly StockLine[], direction: 1 | -1) => {
    for (const { sku, quantity } of lines) {
      const left = (shelf.get(sku) ?? 0) + direction * quantity;
      negative ||= left < 0;
      shelf.set(sku, left);
    }
  };

  /** Asks the provider, who may say nothing: before it did it, or after. */
  const provider =
    (ask: (data: CheckoutData, key: string, random: () => number) => SimulatedReply): SimulatedHandler =>
    ({ data }, { key, random }) => {
      if (random() < SILENCE) return undefined;
      const asked = data as CheckoutData;
      const reply = ask(asked, paymentKey(asked.orderId, asked.attempt, key), random);
      return random() < SILENCE ? undefined : reply;
    };

  const authorization = (key: string): SimulatedReply => {
    const isNo = money.get(key) === 'declined' || money.get(key) === 'voided';
    if (isNo) return { type: 'cart.payment-declined.v1', data: { reason: 'card-declined' } };
    return { type: 'cart.payment-authorized.v1', data: { key } };
  };
  const letGo = (key: string) => {
    const refund = money.get(key) === 'taken' || money.get(key) === 'refunded';
    money.set(key, refund ? 'refunded' : 'voided');
    return refund;
  };
  const giveBack = provider((_data, key) => {
    const refund = letGo(key);
    return { type: refund ? 'cart.payment-refunded.v1' : 'cart.payment-voided.v1', data: {} };
  });

  const cart: Readonly<Record<string, SimulatedHandler>> = {
    'cart.payment-authorization-requested.v1': provider((data, key, random) => {
      // Asked again under the same key, a provider gives its first answer.
      const mayAsk = data.token.startsWith(ASKING) && random() < 0.7;
      if (!money.has(key)) money.set(key, random() < REFUSAL ? 'declined' : mayAsk ? 'asked' : 'held');
      if (money.get(key) === 'asked') return { type: 'cart.payment-action-required.v1', data: { key } };
      return authorization(key);
    }),
    'cart.payment-authentication-requested.v1': ({ data }, { random }) => {
      if (random() < SILENCE) return undefined;
      const { key } = data as { key: string };
      if (money.get(key) === 'asked') {
        if (random() < UNCONFIRMED) return undefined;
        money.set(key, random() < REFUSAL ? 'declined' : 'held');
      }
      return random() < SILENCE ? undefined : authorization(key);
    },
    'cart.payment-capture-requested.v1': ({ data }, { random }) => {
      if (random() < SILENCE) return undefined;
      const { key } = data as { key: string };
      if (money.get(key) === 'held') money.set(key, random() < REFUSAL ? 'expired' : 'taken');
      const type = money.get(key) === 'taken' ? 'cart.payment-captured.v1' : 'cart.payment-capture-refused.v1';
      return random() < SILENCE ? undefined : { type, data: {} };
    },
    'cart.payment-void-requested.v1': (command, context) =>
      context.random() < STUCK ? undefined : giveBack(command, context),
    'cart.order-confirmation-requested.v1': ({ data }, { random }) => {
      if (random() < SILENCE) return undefined;
      confirmed.add((data as CheckoutData).orderId);
      return { type: 'cart.order-confirmed.v1', data: {} };
    },
  };

  const catalog: Readonly<Record<string, SimulatedHandler>> = {
    'cart.stock-requested.v1': ({ data }) => {
      const { orderId, lines } = data as CheckoutData;
      if (held.has(orderId)) return { type: 'catalog.stock-held.v1', data: {} };
      const decision = decideReservation(lines, (sku) => shelf.get(sku) ?? 0);
      if (decision.kind === 'rejected')
        return { type: 'catalog.stock-rejected.v1', data: { shortages: decision.shortages } };
      held.set(orderId, decision.lines);
      move(decision.lines, -1);
      return { type: 'catalog.stock-reserved.v1', data: {} };
    },
    'cart.stock-release-requested.v1': ({ data }) => {
      const { orderId } = data as CheckoutData;
      const lines = held.get(orderId);
      if (lines === undefined) return { type: 'catalog.stock-not-held.v1', data: {} };
      held.delete(orderId);
      move(lines, 1);
      return { type: 'catalog.stock-released.v1', data: {} };
    },
  };

  return {
    ...{ participants: { cart, catalog }, money, held, shelf, confirmed, wasNegative: () => negative },
    byHand({ data, parked }) {
      const { orderId } = data as CheckoutData;
      if (parked?.step !== 'authorize-payment' || parked.kind !== 'compensation') return;
      for (const key of money.keys()) if (key.startsWith(`${orderId}#`)) letGo(key);
    },
  };
}
