import type { CloudEvent } from '@souk/event-channel';
import type { SagaCommandHandler } from '@souk/service-kit';
import { subjects } from '@souk/shared-events/integration';
import type { IntegrationData } from '@souk/shared-events/integration';
import type { Context } from '../commands/context.ts';
import { expecting, isWrongRevision, readCart } from '../commands/log.ts';

type Request = IntegrationData['cart.order-confirmation-requested.v1'];

/**
 * Confirms an order that is paid. Its goods leave the cart first: while the cart still holds them the order counts as under
 * way, so that the same cart cannot be bought twice.
 */
export function confirmOrder(context: Context): SagaCommandHandler {
  return async (command) => {
    const { orderId } = command.data as Request;
    await emptyCart(context, command);
    return { subject: subjects.order(orderId), events: [{ type: 'cart.order-confirmed.v1', data: { orderId } }] };
  };
}

/** The goods of an order are between two carts; the command comes again in a moment. */
class CartOnItsWay extends Error {
  readonly code = 'cart-on-its-way';
  constructor(orderId: string) {
    super(`the goods of ${orderId} are between two carts`);
    this.name = 'CartOnItsWay';
  }
}

async function emptyCart({ channel, envelope }: Context, command: CloudEvent): Promise<void> {
  const { cartId: orderedFrom, orderId, lines } = command.data as Request;
  for (let cartId = orderedFrom, from = ''; ;) {
    const { revision, boughtBy, takenIn, handedOver } = await readCart(channel, cartId);
    if (boughtBy.has(orderId)) return;
    // A guest who signed in while the order was under way: the goods lie in the customer's cart, or will in a moment.
    if (handedOver !== undefined) {
      ({ toCartId: cartId } = handedOver.data);
      from = handedOver.id;
      continue;
    }
    if (from !== '' && !takenIn.has(from)) throw new CartOnItsWay(orderId);
    const event = envelope({ type: 'cart.checked-out.v1', data: { cartId, orderId, lines } }, command);
    try {
      await channel.append(subjects.cart(cartId), [event], { expect: expecting(revision) });
      return;
    } catch (error) {
      if (!isWrongRevision(error)) throw error;
    }
  }
}
