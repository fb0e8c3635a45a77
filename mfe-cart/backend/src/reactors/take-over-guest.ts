import type { Recorded } from '@souk/event-channel';
import { subjects } from '@souk/shared-events/integration';
import type { IntegrationData } from '@souk/shared-events/integration';
import { cartIdOf } from '../cart-id.ts';
import type { Context } from '../commands/context.ts';
import { expecting, isWrongRevision, readCart } from '../commands/log.ts';
import type { HandedOver } from '../commands/log.ts';
import { decideHandOver, decideTakeIn } from '../domain/cart.ts';
import { priceOf } from '../projections/price-list/price-list.ts';

/**
 * Puts a guest's cart into that of the customer whom the guest turned out to be. First the guest's cart says what it hands
 * over, at a revision, so that nothing is put into it unseen; then the customer's takes that in. Between the two it is in
 * the log, and each is done once, however often the sign-in is handled.
 */
export async function takeOverGuest(context: Context, signedIn: Recorded): Promise<void> {
  const { guestId, customerId } = signedIn.event.data as IntegrationData['account.signed-in.v1'];
  if (guestId === customerId) return;
  const handed = await handOver(context, cartIdOf(guestId), cartIdOf(customerId), signedIn);
  if (handed !== undefined && handed.data.lines.length > 0) await takeIn(context, handed, signedIn);
}

/** Undefined when the cart went to somebody else before. */
async function handOver(
  { channel, envelope }: Context,
  cartId: string,
  toCartId: string,
  cause: Recorded,
): Promise<HandedOver | undefined> {
  for (;;) {
    const { state, revision, handedOver } = await readCart(channel, cartId);
    if (handedOver !== undefined) return handedOver.data.toCartId === toCartId ? handedOver : undefined;
    const events = decideHandOver(cartId, toCartId, state).map((event) => envelope(event, cause));
    const done = await appended(() => channel.append(subjects.cart(cartId), events, { expect: expecting(revision) }));
    const [event] = events;
    if (done && event !== undefined) return { id: event.id, data: event.data as HandedOver['data'] };
  }
}

async function takeIn({ channel, db, envelope }: Context, { id, data }: HandedOver, cause: Recorded): Promise<void> {
  const { cartId: fromCartId, toCartId: cartId, lines } = data;
  for (;;) {
    const { state, revision, takenIn } = await readCart(channel, cartId);
    if (takenIn.has(id)) return;
    const available = (sku: string) => priceOf(db, sku)?.available ?? 0;
    const event = decideTakeIn(cartId, { fromCartId, handOverId: id, lines }, available, state);
    const append = () =>
      channel.append(subjects.cart(cartId), [envelope(event, cause)], { expect: expecting(revision) });
    if (await appended(append)) return;
  }
}

/** Whether it was appended; not, when somebody was faster. */
async function appended(append: () => Promise<unknown>): Promise<boolean> {
  try {
    await append();
    return true;
  } catch (error) {
    if (!isWrongRevision(error)) throw error;
    return false;
  }
}
