import { followErasures } from '@souk/service-kit';
import type { Erasures, Logger } from '@souk/service-kit';
import { erasureRequests, subjects } from '@souk/shared-events/integration';
import type { IntegrationData } from '@souk/shared-events/integration';
import { cartIdOf } from '../cart-id.ts';
import type { Context } from '../commands/context.ts';
import { readOrder } from '../commands/log.ts';

/**
 * Erases who is to be erased: the key, and so address and card in log and read model; and the cards that the payment provider
 * keeps. Orders stay for the books, with nobody's name; one whose money is not taken yet is given up.
 */
export function erasePersons(context: Context, log: Logger): Erasures {
  const { channel, db, keys, provider } = context;
  return followErasures({
    ...{ name: 'cart-erasures', channel, db, keys, log, requests: erasureRequests, source: '/cart' },
    personOf: ({ data }) => (data as IntegrationData['shell.person-erasure-requested.v1']).personId,
    async erase(personId) {
      await provider.forget?.(personId);
      const data: IntegrationData['cart.person-erased.v1'] = { personId, unsealed: await unsealed(context, personId) };
      return { subject: subjects.personOf('cart', personId), type: 'cart.person-erased.v1', data };
    },
  });
}

/**
 * Forgets the cards of whoever is erased, once more: keys that are newer than the rest of a backup know of erasures that the
 * provider's file does not. Who came again since begins anew, and keeps what is new.
 */
export async function forgetErased({ keys, provider }: Pick<Context, 'keys' | 'provider'>): Promise<void> {
  for (const person of keys.erased()) await provider.forget?.(person);
}

/**
 * Whether an order can be delivered still: not, when its person was erased since. Then no money is taken, and the checkout
 * undoes what it did.
 */
export function hasAddress({ channel, keys }: Context): (orderId: string) => Promise<boolean> {
  return async (orderId) => {
    const logged = await readOrder(channel, orderId);
    return logged !== undefined && keys.open(logged.order.delivery, logged.order.shopperId) !== undefined;
  };
}

/** Events about the person from before there were seals. */
async function unsealed({ channel, db, upToDate }: Context, personId: string): Promise<number> {
  await upToDate();
  const orders = db.all<{ id: string }>('SELECT order_id AS id FROM orders WHERE shopper_id = ?', personId);
  const places = [subjects.cartRequest(cartIdOf(personId)), ...orders.map(({ id }) => subjects.order(id))];
  let count = 0;
  for (const subject of places)
    for await (const { event } of channel.read(subject)) if (isUnsealed(event.data as MaybePersonal)) count++;
  return count;
}

interface MaybePersonal {
  readonly delivery?: object;
  readonly payment?: { readonly last4?: object };
}

function isUnsealed({ delivery, payment }: MaybePersonal): boolean {
  return [delivery, payment?.last4].some((personal) => personal !== undefined && 'plain' in personal);
}
