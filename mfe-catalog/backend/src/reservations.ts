import type { CloudEvent, EventChannel, Recorded } from '@souk/event-channel';
import { cloudEvent, reactor, type Database, type Logger, type Projection, type Reactor } from '@souk/service-kit';
import { subjects, type IntegrationData } from '@souk/shared-events/integration';
import { decideReservation, evolveReservation, type ReservationEvent, type StockLine } from './domain/reservation.ts';
import { availableOf } from './projections/products/get-product.ts';

export interface ReservationsOptions {
  readonly channel: EventChannel;
  readonly db: Database;
  readonly products: Projection;
  readonly log: Logger;
}

/**
 * Sets stock aside for orders and frees it again, asked and answered by events only. One request after the other: each
 * decision sees what the one before took, so no piece is promised twice. Each request gets its answer; what an order holds
 * moves once, however often it is asked for.
 */
export function answerReservations({ channel, db, products, log }: ReservationsOptions): Reactor {
  let turn: Promise<unknown> = Promise.resolve();

  const handle = async (request: Recorded): Promise<void> => {
    const { orderId } = request.event.data as { orderId: string };
    const reservation = await read(orderId, request.event.id);
    if (reservation.answered) return;
    const [type, data] = decide(request, reservation.held);
    const { revision } = reservation;
    await append(orderId, revision === 0 ? 'no-stream' : { revision }, answer(request, type, data));
  };

  const decide = ({ event: { type, data } }: Recorded, held: readonly StockLine[] | undefined) => {
    if (type === 'cart.stock-release-requested.v1') {
      const { orderId } = data as IntegrationData['cart.stock-release-requested.v1'];
      if (held === undefined) return ['catalog.stock-not-held.v1', { orderId }] as const;
      return ['catalog.stock-released.v1', { orderId, lines: held }] as const;
    }
    const { orderId, lines } = data as IntegrationData['cart.stock-requested.v1'];
    if (held !== undefined) return ['catalog.stock-held.v1', { orderId, lines: held }] as const;
    const decision = decideReservation(lines, (sku) => availableOf(db, sku));
    if (decision.kind === 'rejected')
      return ['catalog.stock-rejected.v1', { orderId, shortages: decision.shortages }] as const;
    return ['catalog.stock-reserved.v1', { orderId, lines: decision.lines }] as const;
  };

  /** What is set aside for an order, and whether this request has its answer already, from before a crash. */
  const read = async (orderId: string, requestId: string) => {
    let held: readonly StockLine[] | undefined;
    let [revision, answered] = [0, false];
    for await (const { event, position } of channel.read(subjects.reservation(orderId))) {
      held = evolveReservation(held, event as unknown as ReservationEvent);
      revision = position;
      answered ||= event.causationid === requestId;
    }
    return { held, revision, answered };
  };

  /** The next decision waits until this one counts. Was somebody faster, the request is looked at again. */
  const append = async (orderId: string, expect: 'no-stream' | { revision: number }, event: CloudEvent) => {
    const { position } = await channel.append(subjects.reservation(orderId), [event], { expect });
    await products.waitFor(position, { timeoutMs: 30_000 });
  };

  return reactor({
    name: 'catalog-checkout-steps',
    channel,
    db,
    log,
    stream: 'cart',
    filter: 'cart.saga.>',
    types: ['cart.stock-requested.v1', 'cart.stock-release-requested.v1'],
    handle: (request) => {
      const mine = turn.then(() => products.ready()).then(() => handle(request));
      turn = mine.catch(() => undefined);
      return mine;
    },
  });
}

function answer(request: Recorded, type: keyof IntegrationData, data: unknown): CloudEvent {
  return cloudEvent({ type, source: '/catalog', data, cause: request });
}
