import type { CloudEvent, EventChannel } from '@souk/event-channel';
import { commandHandler } from '@souk/service-kit';
import type { Command, CommandAnswer, Database, Logger, Reactor } from '@souk/service-kit';
import { subjects } from '@souk/shared-events/integration';
import type { CartRequest } from '../domain/events.ts';
import { refusalOf } from './refusals.ts';
import { changeCart, decideChange } from './change-cart.ts';
import type { Context } from './context.ts';
import { cartOf } from '../projections/carts/carts.ts';
import { expecting } from './log.ts';
import { decideOtherCard } from './pay-again.ts';
import { decideOrder } from './place-order.ts';

export interface HandleRequestsOptions {
  readonly context: Context;
  readonly commands: readonly Command[];
  readonly channel: EventChannel;
  readonly db: Database;
  readonly log: Logger;
}

/**
 * Answers what shoppers ask of their carts. All requests of one cart stand on one subject and are handled one after the
 * other, whichever replica does it: so a cart is bought once, however many tabs check out at the same moment.
 */
export function handleRequests({ context, commands, channel, db, log }: HandleRequestsOptions): Reactor {
  return commandHandler({
    ...{ name: 'cart-requests', command: commands, source: '/cart', filter: 'cart.request.>', channel, db, log },
    // Most often somebody was faster, and that is over at once.
    backoffMs: [5, 100, 500, 2000],
    answersOn(event) {
      const request = event as CloudEvent & CartRequest;
      return [subjects.cartRequest(request.data.cartId), subjectOf(request)];
    },
    answerAtOnce: (event) => decideAtOnce(context, event as CloudEvent & CartRequest),
    async handle(event) {
      const request = event as CloudEvent & CartRequest;
      const { cartId } = request.data;
      try {
        return await decide(context, request);
      } catch (error) {
        const refusal = refusalOf(cartId, error);
        if (refusal === undefined) throw error;
        return { subject: subjects.cartRequest(cartId), type: 'cart.request-refused.v1', data: refusal };
      }
    },
  });
}

function subjectOf({ type, data }: CartRequest): string {
  return type === 'cart.change-requested.v1' ? subjects.cart(data.cartId) : subjects.order(data.orderId);
}

/** A change of a cart that our view is up with. What needs more than the view, or is to be refused, is left to delivery. */
function decideAtOnce(context: Context, request: CloudEvent & CartRequest): CommandAnswer | undefined {
  if (request.type !== 'cart.change-requested.v1') return undefined;
  const { state, revision } = cartOf(context.db, request.data.cartId);
  const [answer] = decideChange(context, request.data, state);
  return answer && { subject: subjectOf(request), ...answer, expect: expecting(revision) };
}

async function decide(context: Context, request: CloudEvent & CartRequest): Promise<CommandAnswer | undefined> {
  switch (request.type) {
    case 'cart.change-requested.v1':
      await changeCart(context, request.data, request, `${request.id}-answer`);
      return undefined;
    case 'cart.checkout-requested.v2': {
      // A view that lags would not know of an order that this cart was bought by a moment ago.
      await context.upToDate();
      const placed = decideOrder(context, request.data);
      return { subject: subjectOf(request), ...placed, expect: 'no-stream' };
    }
    case 'cart.other-card-requested.v2': {
      await context.upToDate();
      const { event, revision } = await decideOtherCard(context, request.data);
      return { subject: subjectOf(request), ...event, expect: expecting(revision) };
    }
    default:
      return request satisfies never;
  }
}
