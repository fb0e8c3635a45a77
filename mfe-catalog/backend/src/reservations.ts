import type { CloudEvent, EventChannel, Recorded } from '@souk/event-channel';
import { cloudEvent, reactor, type Database, type Logger, type Projection, type Reactor } from '@souk/service-kit';
import { subjects, type IntegrationData } from '@souk/shared-events/integration';
import { decideReservation } from './domain/reservation.ts';
import { availableOf } from './projections/products/get-product.ts';

export interface ReservationsOptions {
  readonly channel: EventChannel;
  readonly db: Database;
  readonly products: Projection;
  readonly log: Logger;
}

/**
 * Sets stock aside for orders and frees it again, asked and answered by events only. One request after the other: each
 * decision sees what the one before took, so no piece is promised twice. An order gets one answer, however often asked.
 */
export function answerReservations({ channel, db, products, log }: ReservationsOptions): Reactor {
  let turn: Promise<unknown> = Promise.resolve();

  const handle = async (request: Recorded): Promise<void> => {
    if (request.event.type === 'cart.stock-requested.v1') return reserve(request);
    if (request.event.type === 'cart.stock-release-requested.v1') return release(request);
  };

  const reserve = async (request: Recorded): Promise<void> => {
    const { orderId, lines } = request.event.data as IntegrationData['cart.stock-requested.v1'];
    const decision = decideReservation(lines, (sku) => availableOf(db, sku));
    const [type, data] =
      decision.kind === 'reserved'
        ? (['catalog.stock-reserved.v1', { orderId, lines: decision.lines }] as const)
        : (['catalog.stock-rejected.v1', { orderId, shortages: decision.shortages }] as const);
    await append(orderId, 'no-stream', answer(request, type, data));
  };

  const release = async (request: Recorded): Promise<void> => {
    const { orderId } = request.event.data as IntegrationData['cart.stock-release-requested.v1'];
    let last: Recorded | undefined;
    for await (const recorded of channel.read(subjects.reservation(orderId))) last = recorded;
    if (last?.event.type !== 'catalog.stock-reserved.v1') return;
    const { lines } = last.event.data as IntegrationData['catalog.stock-reserved.v1'];
    const event = answer(request, 'catalog.stock-released.v1', { orderId, lines });
    await append(orderId, { revision: last.position }, event);
  };

  /** Somebody was faster: the order has its answer already. Either way the next decision waits until this one counts. */
  const append = async (orderId: string, expect: 'no-stream' | { revision: number }, event: CloudEvent) => {
    try {
      const { position } = await channel.append(subjects.reservation(orderId), [event], { expect });
      await products.waitFor(position, { timeoutMs: 30_000 });
    } catch (error) {
      if ((error as { code?: string }).code !== 'wrong-revision') throw error;
    }
  };

  return reactor({
    name: 'catalog-reservations',
    channel,
    db,
    log,
    stream: 'cart',
    filter: 'cart.order.>',
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
